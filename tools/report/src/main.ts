// Reads what the program embedded, and puts the page in the place of the plain tables.
import { clock } from "./clock";
import type { Report } from "./data";
import { element } from "./dom";
import { page } from "./study";

/** On paper nothing can be unfolded: what is folded for the screen is printed in full, the numbers behind charts aside. */
function unfold_for_print(): void {
    let opened: HTMLDetailsElement[] = [];
    addEventListener("beforeprint", () => {
        opened = [...document.querySelectorAll<HTMLDetailsElement>("details.fold:not([open])")];
        for (const details of opened) {
            details.open = true;
        }
    });
    addEventListener("afterprint", () => {
        for (const details of opened) {
            details.open = false;
        }
    });
}

function start(): void {
    const place = document.getElementById("report")!;
    const report = JSON.parse(document.getElementById("entente-data")!.textContent) as Report;
    const known: string = report.format;
    if (known !== "entente-report/1") {
        place.prepend(element("p", { role: "alert" }, `This page cannot show data of the format ${known}.`));
        return;
    }
    clock.dated = report.dated;
    place.replaceChildren(...page(report));
    unfold_for_print();
    requestAnimationFrame(() => {
        requestAnimationFrame(() => { document.documentElement.dataset.ready = "yes"; });
    });
}

start();
