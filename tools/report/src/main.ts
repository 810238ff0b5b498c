// Reads what the program embedded, and puts the page in the place of the plain tables.
import { clock } from "./clock";
import type { Report } from "./data";
import { element } from "./dom";
import { page } from "./study";

function start(): void {
    const place = document.getElementById("report")!;
    const report = JSON.parse(document.getElementById("entente-data")!.textContent) as Report;
    const known: string = report.format;
    if (known !== "entente-report/1") {
        place.prepend(element("p", { role: "alert" }, `This page's script does not know data of the form ${known}.`));
        return;
    }
    clock.dated = report.dated;
    place.replaceChildren(...page(report));
    requestAnimationFrame(() => {
        requestAnimationFrame(() => { document.documentElement.dataset.ready = "yes"; });
    });
}

start();
