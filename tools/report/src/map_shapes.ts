// The countries that the page holds, as the build put them there (world_map.mjs).
import type { Feature, MultiLineString, MultiPolygon, Polygon } from "geojson";
import { feature, mesh } from "topojson-client";
import { inflated } from "./packed";
import type { GeometryCollection, Topology } from "topojson-specification";

export type Country = Feature<Polygon | MultiPolygon, { name: string }>;

export interface World {
    countries: readonly Country[];
    borders: MultiLineString;
    /** By ISO code: longitude and latitude of a place within, small states too. */
    places: Readonly<Record<string, readonly [number, number]>>;
}

interface Held {
    shapes: Topology<{ countries: GeometryCollection<{ name: string }> }>;
    places: Record<string, [number, number]>;
}

let world: World | null = null;

/** The countries that were read; null where the page holds none. */
export function world_of_page(): World | null {
    return world;
}

/** Reads them, once, before anything is drawn. */
export async function read_world(): Promise<void> {
    const node = document.getElementById("entente-map");
    if (node !== null) {
        const held = JSON.parse(new TextDecoder().decode(await inflated(node.textContent))) as Held;
        const countries = held.shapes.objects.countries;
        world = {
            countries: feature(held.shapes, countries).features as Country[],
            borders: mesh(held.shapes, countries, (one, other) => one !== other),
            places: held.places,
        };
    }
}
