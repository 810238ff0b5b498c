// Many numbers in little room, as engine/report/packed.hpp packs them.
import type { PackedNumbers } from "./data";

/** What was deflated and written in base64. */
export function inflated(base64: string): Promise<ArrayBuffer> {
    const deflated = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
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
