// Colours for values between a least and a greatest one: from the paper's colour over a middle one to a dark one, in steps that the eye sees alike.

/** Places the share between the two ends of the colours: low to middle, middle to high. */
export function tint(node: SVGElement, share: number): void {
    const high = share > 0.5;
    node.classList.add(high ? "high" : "low");
    node.style.setProperty("--share", `${Math.round((high ? share - 0.5 : share) * 200)}%`);
}
