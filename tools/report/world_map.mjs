// The shapes of countries for maps, with what a page needs of them: Natural Earth 1:110m by way of world-atlas, countries by their ISO 3166-1 alpha-3
// codes, and a place for each, small states too, whose shapes only 1:50m and 1:10m have.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoCentroid, geoContains } from "d3-geo";
import { feature } from "topojson-client";

const require = createRequire(import.meta.url);
const atlas = (scale) => JSON.parse(readFileSync(require.resolve(`world-atlas/countries-${scale}.json`), "utf8"));

/** What Natural Earth shows and ISO 3166 has no number for: by the name there, the code that makers of data use. */
const without_number = { Kosovo: "XKX" };

/** The centre of the largest of a country's lands, or, where that lies outside of it, as of a crescent, the centre of its widest stretch there. */
function middle_of(shape) {
    const lands = shape.geometry.type === "Polygon" ? [shape.geometry.coordinates] : shape.geometry.coordinates;
    const largest = lands.map((coordinates) => ({ type: "Polygon", coordinates })).sort((a, b) => geoArea(b) - geoArea(a))[0];
    const [longitude, latitude] = geoCentroid(largest);
    if (geoContains(largest, [longitude, latitude])) {
        return [longitude, latitude];
    }
    let best = [longitude, latitude, 0];
    for (let from = null, at = longitude - 20; at <= longitude + 20; at += 0.1) {
        const inside = geoContains(largest, [at, latitude]);
        from = inside ? from ?? at : null;
        if (from !== null && at - from > best[2]) {
            best = [(from + at) / 2, latitude, at - from];
        }
    }
    return best.slice(0, 2);
}

/** `{ shapes: topology, places: { AFG: [66.1, 33.8], … } }`; shapes without a code, as Somaliland's, keep their name alone. */
export function world_map(countries_csv) {
    const lines = readFileSync(countries_csv, "utf8").trim().split("\n").slice(1).map((line) => line.split(","));
    const codes = new Map(lines.map(([alpha3, , numeric]) => [numeric, alpha3]));
    const code_of = ({ id, properties }) => without_number[properties.name] ?? (id === undefined ? undefined : codes.get(id));

    const places = {};
    for (const scale of ["10m", "50m", "110m"]) {
        const topology = atlas(scale);
        for (const shape of feature(topology, topology.objects.countries).features) {
            const code = code_of(shape);
            if (code !== undefined) {
                places[code] = middle_of(shape).map((degrees) => Math.round(degrees * 100) / 100);
            }
        }
    }
    const shapes = atlas("110m");
    delete shapes.objects.land;
    delete shapes.bbox;
    for (const geometry of shapes.objects.countries.geometries) {
        const code = code_of(geometry);
        geometry.properties = { name: geometry.properties.name };
        delete geometry.id;
        if (code !== undefined) {
            geometry.id = code;
        }
    }
    return { shapes, places };
}
