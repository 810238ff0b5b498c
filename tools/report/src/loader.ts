// The page's script is bundled deflated, in base64, for it is a third as large so. This unpacks it and puts it in its place; the page's policy allows
// its text by hash, as it allows this one's.
import { element } from "./dom";
import { inflated } from "./packed";

async function load(): Promise<void> {
    const packed = document.getElementById("entente-script")!;
    const script = element("script");
    script.textContent = new TextDecoder().decode(await inflated(packed.textContent));
    packed.replaceWith(script);
}

/** Where that can't be done, the plain tables stay, with the reason above them. */
load().catch((reason: unknown) => {
    document.getElementById("report")!.prepend(element("p", { role: "alert" }, `This browser cannot draw the page, only its tables: ${String(reason)}`));
});
