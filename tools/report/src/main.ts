// Reads what the program embedded, and puts the page in the place of the plain tables.
import { clock } from "./clock";
import type { Report } from "./data";
import { element } from "./dom";
import { do_all, in_idle_time } from "./lazy";
import { in_link, read_link } from "./link_state";
import { read_world } from "./map_shapes";
import { open_to } from "./masthead";
import { inflated } from "./packed";
import { page } from "./study";

/** On paper nothing can be unfolded: what is folded for the screen is printed in full, the numbers behind charts aside. */
function unfold_for_print(): void {
    let opened: HTMLDetailsElement[] = [];
    addEventListener("beforeprint", () => {
        do_all();
        opened = [...document.querySelectorAll<HTMLDetailsElement>("details.fold:not([open])")];
        for (const details of opened) {
            details.open = true;
        }
        do_all();
    });
    addEventListener("afterprint", () => {
        for (const details of opened) {
            details.open = false;
        }
    });
}

/** An address of a place in the page opens what is folded around it. What is given back goes there once more, when all is drawn, unless the reader went elsewhere. */
function follow_addresses(): () => void {
    const place = (): Element | null => location.hash.length > 1 && !location.hash.includes("=") ? document.getElementById(location.hash.slice(1)) : null;
    const follow = (): void => {
        const target = place();
        if (target !== null) {
            open_to(target.id);
            target.scrollIntoView({ behavior: "instant" });
        }
    };
    addEventListener("hashchange", follow);
    const named = in_link("figure");
    const at_first = place() ?? (named === null ? null : document.querySelector(`figure[data-figure="${CSS.escape(named)}"]`));
    let moved = false;
    for (const event of ["wheel", "pointerdown", "keydown", "touchstart"]) {
        addEventListener(event, () => { moved = true; }, { once: true, passive: true });
    }
    const go = (): void => {
        if (at_first !== null && !moved) {
            open_to(at_first.id);
            at_first.scrollIntoView({ behavior: "instant" });
        }
    };
    go();
    return go;
}

async function start(): Promise<void> {
    const place = document.getElementById("report")!;
    const report = JSON.parse(new TextDecoder().decode(await inflated(document.getElementById("entente-data")!.textContent))) as Report;
    const known: string = report.format;
    if (known !== "entente-report/1") {
        place.prepend(element("p", { role: "alert" }, `This page cannot show data of the format ${known}.`));
        return;
    }
    clock.dated = report.dated;
    await read_world();
    read_link();
    place.replaceChildren(...page(report));
    unfold_for_print();
    const go = follow_addresses();
    requestAnimationFrame(() => {
        requestAnimationFrame(() => {
            document.documentElement.dataset.ready = "yes";
            in_idle_time(() => {
                go();
                document.documentElement.dataset.complete = "yes";
            });
        });
    });
}

/** Where the page can't be drawn, the plain tables stay, with the reason above them. */
void start().catch((reason: unknown) => {
    document.getElementById("report")!.prepend(element("p", { role: "alert" }, `This browser cannot draw the page, only its tables: ${String(reason)}`));
});
