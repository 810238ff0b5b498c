// What a map is filled by at a moment, and which links are drawn on it.
import { clock } from "./clock";
import type { NetworkData } from "./ensemble_data";
import type { GroupRows } from "./group_rows";
import { index_at } from "./moments";
import { unpacked } from "./packed";
import type { ReplayField } from "./replay_data";
import { breaks_apart, breaks_of, type Breaks } from "./shades";
import type { PackedNumbers } from "./data";
import type { MapData, MapKind, MapLayer } from "./spatial_data";
import type { ToldRuns } from "./told_runs";
import type { Of } from "./whose";
import { times_of } from "./adapt";

const present = (value: number): number | null => Number.isNaN(value) ? null : value;

/** What rows are filled by at each of the map's moments. */
export interface Fill {
    /** Whether it changes over time. */
    readonly moves: boolean;
    at: (moment: number, row: number) => number | null;
    is_ready: (moment: number) => boolean;
    /** Unpacks it, once, and then calls back. */
    ask: (ready: () => void) => void;
    /** Bounds of the classes of colour, which hold over time, and the names of these classes where they have some. */
    scale: () => { breaks: Breaks; names: readonly string[] };
}

/** Classes of values that are 0, 1, 2, … */
const named_classes = (names: readonly string[]): { breaks: Breaks; names: readonly string[] } => ({ breaks: Array.from({ length: names.length + 1 }, (_, at) => at - 0.5), names });

/** Means over the runs by row at each moment; those of other moments than the last are there once they are unpacked. */
export class LayerValues implements Fill {
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
        return present(this.#all[moment * this.layer.values.length + row]!);
    }

    is_ready(moment: number): boolean {
        return !this.moves || this.#all !== null || moment >= this.moments - 1;
    }

    /** The least and the greatest over time are known before anything is unpacked. */
    scale(): { breaks: Breaks; names: readonly string[] } {
        const { over_time, values, is_share } = this.layer;
        const ends = over_time === null ? [] : [over_time.low, over_time.high];
        return { breaks: breaks_of([...values.filter((value): value is number => value !== null), ...(this.#all ?? []), ...ends], is_share), names: [] };
    }
}

/** The same in the run that is chosen among those told: values, or, of what is a share of all runs, 1 where it has come and 0 where it has not. */
export class RunValuesOfLayer implements Fill {
    readonly layer: MapLayer;
    readonly #kind: string;
    readonly #times: readonly number[];
    readonly #told: ToldRuns;
    #own: Float64Array | null = null;
    #asked = false;

    constructor(kind: string, layer: MapLayer, times: readonly number[], told: ToldRuns) {
        this.layer = layer;
        this.#kind = kind;
        this.#times = times;
        this.#told = told;
    }

    /** Whether it was kept of single runs. */
    get is_kept(): boolean {
        return this.layer.in_runs !== null || this.#state !== null;
    }

    get moves(): boolean {
        return this.layer.is_share || this.layer.over_time !== null;
    }

    ask(ready: () => void): void {
        if (this.layer.in_runs !== null && !this.#asked) {
            this.#asked = true;
            void unpacked(this.layer.in_runs).then((numbers) => {
                this.#own = numbers;
                ready();
            });
        }
    }

    /** When it came in the run; null where it did not. */
    came(row: number): number | null {
        const when = present(this.#own?.[this.#told.chosen * this.layer.values.length + row] ?? NaN);
        return when === null ? null : Math.round(when) * (clock.dated ? 86_400_000 : 1);
    }

    at(moment: number, row: number): number | null {
        if (this.layer.in_runs === null) {
            return this.#told.state(this.#kind, this.layer.name, row, index_at(this.#told.state_times, this.#times[moment]!));
        }
        const rows = this.layer.values.length;
        if (this.layer.is_share) {
            const when = this.came(row);
            return when !== null && when < this.#times[moment]! ? 1 : 0;
        }
        const value = present(this.#own?.[(this.moves ? this.#told.chosen * this.#times.length + moment : this.#told.chosen) * rows + row] ?? NaN);
        return value !== null && this.layer.levels.length > 0 ? Math.round(value) : value;
    }

    is_ready(): boolean {
        return this.layer.in_runs === null ? this.#told.is_there : this.#own !== null;
    }

    /** Holds for all runs told, so that their colours compare. */
    scale(): { breaks: Breaks; names: readonly string[] } {
        if (this.layer.is_share || this.layer.levels.length > 0) {
            return named_classes(this.layer.is_share ? ["not yet", "has come"] : this.layer.levels);
        }
        return { breaks: breaks_of(this.#own ?? this.#told.values(this.#kind, this.layer.name)), names: [] };
    }

    get #state(): ReplayField | null {
        return this.layer.is_state ? this.#told.field(this.#kind, this.layer.name) : null;
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
    /** What a link has in the run that is chosen among those told. */
    in_run: (moment: number, link: number) => number | null;
    /** Whether it was kept of single runs. */
    is_kept: boolean;
    ask: (ready: () => void) => void;
}

/** Unpacked when it is first asked for. */
class Later {
    values: Float64Array | null = null;
    readonly #packed: PackedNumbers | null;
    #asked = false;

    constructor(packed: PackedNumbers | null) {
        this.#packed = packed;
    }

    ask(ready: () => void): void {
        if (this.#packed !== null && !this.#asked) {
            this.#asked = true;
            void unpacked(this.#packed).then((numbers) => {
                this.values = numbers;
                ready();
            });
        }
    }
}

/** The mean, or share, of one of the groups by which the runs are parted, or how far the groups are apart. */
export class GroupLayer implements Fill {
    readonly moves: boolean;
    readonly #layer: MapLayer;
    readonly #groups: GroupRows;
    readonly #times: readonly number[];
    readonly #of: Of;
    readonly #mean: Fill;

    /** `mean` is the fill of all runs, whose scale the groups share. */
    constructor(layer: MapLayer, groups: GroupRows, times: readonly number[], of: Of, mean: Fill) {
        this.#layer = layer;
        this.#groups = groups;
        this.#times = times;
        this.#of = of;
        this.#mean = mean;
        this.moves = layer.is_share || groups.times.length > 1;
    }

    get over(): string {
        return this.#groups.over;
    }

    ask(ready: () => void): void {
        this.#mean.ask(ready);
    }

    is_ready(): boolean {
        return true;
    }

    at(moment: number, row: number): number | null {
        const time = moment >= this.#times.length - 1 ? Infinity : this.#times[moment]!;
        const [first, second] = [0, 1].map((side) => this.#layer.is_share ? this.#groups.share(side, row, time) : this.#groups.mean(side, row, time));
        return this.#of === "with" ? first! : this.#of === "without" ? second! : first === null || second === null ? null : first! - second!;
    }

    scale(): { breaks: Breaks; names: readonly string[] } {
        if (this.#of !== "apart") {
            return this.#mean.scale();
        }
        const moments = this.moves ? this.#times.map((_, at) => at) : [this.#times.length - 1];
        const greatest = Math.max(...moments.flatMap((at) => this.#layer.values.map((_, row) => Math.abs(this.at(at, row) ?? 0))));
        return { breaks: breaks_apart(greatest), names: [] };
    }
}

const is_placed = (kinds: readonly MapKind[], agent: number): boolean => kinds.some((kind) => agent >= kind.first && agent < kind.first + kind.rows.length);

/** Those of the network whose ends are both on the map, then those that the network has no room for. */
export function arc_fields(map: MapData, network: NetworkData | null, told: ToldRuns | null): ArcField[] {
    const times = times_of(network?.times ?? []);
    const small = (network?.kinds ?? []).filter((kind) => kind.links.length > 0 && kind.links.every(([source, target]) => is_placed(map.kinds, source) && is_placed(map.kinds, target)))
        .flatMap((kind) => kind.fields.map((field): ArcField => ({
            value: `${kind.name}.${field.name}`, kind: kind.name, name: field.name, unit: field.unit, all: kind.links.length, links: kind.links,
            times, at: (moment, link) => field.values[link]?.[moment] ?? null, ask: () => undefined, is_kept: (told?.field(kind.name, field.name) ?? null) !== null,
            in_run: (moment, link) => told?.state(kind.name, field.name, link, index_at(told.state_times, times[moment]!)) ?? null,
        })));
    const large = map.arcs.map((arcs): ArcField => {
        const [means, runs] = [new Later(arcs.values), new Later(arcs.in_runs)];
        return {
            value: `${arcs.kind}.${arcs.name}`, kind: arcs.kind, name: arcs.name, unit: arcs.unit, all: arcs.all, links: arcs.links, times: times_of(arcs.times),
            at: (moment, link) => present(means.values?.[moment * arcs.links.length + link] ?? NaN),
            in_run: (moment, link) => present(runs.values?.[((told?.chosen ?? 0) * arcs.times.length + moment) * arcs.links.length + link] ?? NaN),
            is_kept: told !== null && arcs.in_runs !== null,
            ask: (ready) => {
                means.ask(ready);
                runs.ask(ready);
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
