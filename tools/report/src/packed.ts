// Many numbers in little room, as engine/report/packed.hpp packs them.
import type { PackedNumbers } from "./data";

/** In a plain loop: `Uint8Array.from` takes ten times as long, and the page waits for a megabyte. */
function decoded(base64: string): Uint8Array<ArrayBuffer> {
    const letters = atob(base64);
    const bytes = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at += 1) {
        bytes[at] = letters.charCodeAt(at);
    }
    return bytes;
}

/** What was deflated and written in base64. */
export function inflated(base64: string): Promise<ArrayBuffer> {
    return new Response(new Blob([decoded(base64)]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
}

/** The numbers; NaN where there is none. */
export async function unpacked({ low, high, count, width, bytes }: PackedNumbers): Promise<Float64Array> {
    const differences = new Uint8Array(await inflated(bytes));
    const none = width === 1 ? 0xff : 0xffff;
    const numbers = new Float64Array(count);
    let step = 0;
    for (let at = 0; at < count; at += 1) {
        const difference = differences[at]! + (width === 1 ? 0 : 256 * differences[count + at]!);
        step = (step + difference) & none;
        const share = step / (none - 1);
        numbers[at] = step === none ? NaN : low * (1 - share) + high * share;
    }
    return numbers;
}
