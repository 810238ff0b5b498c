// What a map is filled by at a moment, and which links are drawn on it.
import type { NetworkData } from "./ensemble_data";
import { unpacked } from "./packed";
import type { MapData, MapKind, MapLayer } from "./spatial_data";
import { times_of } from "./adapt";

/** Numbers by row at each moment; those of other moments than the last are there once they are unpacked. */
export class LayerValues {
    readonly layer: MapLayer;
    readonly moments: number;
    #all: Float64Array | null = null;
    #asked = false;

    constructor(layer: MapLayer, moments: number) {
        this.layer = layer;
        this.moments = layer.over_time === null ? 1 : moments;
    }

    get moves(): boolean {
        return this.layer.over_time !== null;
    }

    /** Unpacks them, once, and then calls back. */
    ask(ready: () => void): void {
        if (this.layer.over_time !== null && !this.#asked) {
            this.#asked = true;
            void unpacked(this.layer.over_time).then((numbers) => {
                this.#all = numbers;
                ready();
            });
        }
    }

    at(moment: number, row: number): number | null {
        if (this.#all === null || !this.moves || moment >= this.moments - 1) {
            return this.layer.values[row] ?? null;
        }
        const value = this.#all[moment * this.layer.values.length + row]!;
        return Number.isNaN(value) ? null : value;
    }

    is_ready(moment: number): boolean {
        return !this.moves || this.#all !== null || moment >= this.moments - 1;
    }

    /** All that is known, for a scale that holds over time. */
    known(): number[] {
        return [...this.layer.values.filter((value): value is number => value !== null), ...(this.#all ?? [])];
    }

    /** The least and the greatest over time, known before anything is unpacked. */
    ends(): number[] {
        const { over_time } = this.layer;
        return over_time === null ? [] : [over_time.low, over_time.high];
    }
}

/** A field of links between placed agents. */
export interface ArcField {
    value: string;
    kind: string;
    name: string;
    unit: string;
    /** How many links there are. */
    all: number;
    links: readonly (readonly [number, number])[];
    times: readonly number[];
    at: (moment: number, link: number) => number | null;
    ask: (ready: () => void) => void;
}

const is_placed = (kinds: readonly MapKind[], agent: number): boolean => kinds.some((kind) => agent >= kind.first && agent < kind.first + kind.rows.length);

/** Those of the network whose ends are both on the map, then those that the network has no room for. */
export function arc_fields(map: MapData, network: NetworkData | null): ArcField[] {
    const small = (network?.kinds ?? []).filter((kind) => kind.links.length > 0 && kind.links.every(([source, target]) => is_placed(map.kinds, source) && is_placed(map.kinds, target)))
        .flatMap((kind) => kind.fields.map((field): ArcField => ({
            value: `${kind.name}.${field.name}`, kind: kind.name, name: field.name, unit: field.unit, all: kind.links.length, links: kind.links,
            times: times_of(network!.times), at: (moment, link) => field.values[link]?.[moment] ?? null, ask: () => undefined,
        })));
    const large = map.arcs.map((arcs): ArcField => {
        let values: Float64Array | null = null;
        let asked = false;
        return {
            value: `${arcs.kind}.${arcs.name}`, kind: arcs.kind, name: arcs.name, unit: arcs.unit, all: arcs.all, links: arcs.links, times: times_of(arcs.times),
            at: (moment, link) => {
                const value = values?.[moment * arcs.links.length + link];
                return value === undefined || Number.isNaN(value) ? null : value;
            },
            ask: (ready) => {
                if (!asked) {
                    asked = true;
                    void unpacked(arcs.values).then((numbers) => {
                        values = numbers;
                        ready();
                    });
                }
            },
        };
    });
    return [...small, ...large];
}

/** Numbers of the links with the greatest values, at most so many, the greatest last so that it is drawn above the others. */
export function strongest(values: readonly (number | null)[], most: number): number[] {
    return values.map((_, link) => link).filter((link) => values[link] !== null)
        .sort((a, b) => values[b]! - values[a]! || a - b).slice(0, most).reverse();
}
