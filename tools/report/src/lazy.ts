// Work that can wait: what lies far below is drawn when it comes near, when the browser has nothing else to do, or when the page is printed.

const waiting = new Set<() => void>();
const near = new WeakMap<Element, () => void>();

let watcher: IntersectionObserver | null = null;

function watched(): IntersectionObserver {
    watcher ??= new IntersectionObserver((entries) => {
        for (const entry of entries) {
            if (entry.isIntersecting) {
                near.get(entry.target)?.();
            }
        }
    }, { rootMargin: "600px" });
    return watcher;
}

/** Does `work` once: when `node` comes near the window, or before, in idle time. What is given back does it now. */
export function when_near(node: Element, work: () => void): () => void {
    const once = later(() => {
        watched().unobserve(node);
        work();
    });
    near.set(node, once);
    watched().observe(node);
    return once;
}

/** Does `work` once in idle time, unless what is given back does it before. */
export function later(work: () => void): () => void {
    const once = (): void => {
        if (waiting.delete(once)) {
            work();
        }
    };
    waiting.add(once);
    return once;
}

/** All that waits, now: on paper everything stands. */
export function do_all(): void {
    while (waiting.size > 0) {
        for (const once of [...waiting]) {
            once();
        }
    }
}

/** One piece after the other while the browser is idle; then `done`. */
export function in_idle_time(done: () => void): void {
    const idle = typeof requestIdleCallback === "function" ? requestIdleCallback
        : (work: (deadline: { timeRemaining: () => number }) => void): unknown => setTimeout(work, 20, { timeRemaining: () => 8 });
    const go = (deadline: { timeRemaining: () => number }): void => {
        do {
            const next = [...waiting][0];
            if (next === undefined) {
                done();
                return;
            }
            next();
        } while (deadline.timeRemaining() > 4);
        idle(go);
    };
    idle(go);
}

/** Calls back when the browser has nothing better to do. */
export function when_idle(work: () => void): void {
    if ("requestIdleCallback" in window) {
        requestIdleCallback(work);
    } else {
        setTimeout(work, 200);
    }
}
