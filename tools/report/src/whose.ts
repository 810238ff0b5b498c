// Of which runs a page shows what agents, links and cells hold: the mean of all, one run that is told, or, where the runs are parted by an outcome, the mean
// of one of the groups or how far they are apart. One choice for map and network. It stands in the page's address, as `of`.
import { select_field } from "./figure";
import { capitalised, in_words } from "./format";
import { in_link, on_link, put_in_link } from "./link_state";
import type { Parting } from "./parting";
import { told_runs_of, type ToldRuns } from "./told_runs";
import type { EnsembleData } from "./ensemble_data";

const all_ways = ["mean", "run", "with", "without", "apart"] as const;
export type Of = (typeof all_ways)[number];

const is_group = (of: Of): boolean => of !== "mean" && of !== "run";

export class Whose {
    readonly told: ToldRuns | null;
    readonly parting: Parting;
    #asked: Of = "mean";
    #was_parted = false;
    readonly #followers: (() => void)[] = [];

    constructor(told: ToldRuns | null, parting: Parting) {
        this.told = told;
        this.parting = parting;
        const read = (): void => { this.#asked = (in_link("of", all_ways) as Of | null) ?? this.#at_first(); };
        read();
        on_link(() => {
            read();
            this.#tell();
        });
        told?.on_choice(() => { this.#ask("run"); });
        told?.follow(() => { this.#tell(); });
        parting.follow((now) => {
            if (now === null && this.#was_parted && is_group(this.#asked)) {
                this.#ask("mean");
            }
            this.#was_parted = now !== null;
            this.#tell();
        });
    }

    /** Groups only while the runs are parted, and a run only where some are told. */
    get of(): Of {
        return is_group(this.#asked) && this.parting.now === null || this.#asked === "run" && this.told === null ? "mean" : this.#asked;
    }

    /** As "run 17", "mean over all runs", "mean of recognised (42 % of runs)". */
    get words(): string {
        const names = this.parting.now?.names ?? ["", ""];
        switch (this.of) {
            case "mean": return "mean over runs";
            case "run": return `run ${this.told!.run.run}`;
            case "with": return `mean of “${names[0]}”`;
            case "without": return `mean of “${names[1]}”`;
            case "apart": return `mean of “${names[0]}” less that of “${names[1]}”`;
        }
    }

    choose(of: Of): void {
        this.#ask(of);
    }

    /** Calls back whenever another is chosen, and when another run or outcome is. */
    follow(show: () => void): void {
        this.#followers.push(show);
    }

    /** The same for who shows the mean over all runs in the same way whatever run and outcome is chosen. */
    follow_values(show: () => void): void {
        let last = this.of;
        this.follow(() => {
            const again = last === "mean" && this.of === "mean";
            last = this.of;
            if (!again) {
                show();
            }
        });
    }

    /** Who looks at a run sees it everywhere. */
    #at_first(): Of {
        return in_link("run") === null ? "mean" : "run";
    }

    #ask(of: Of): void {
        this.#asked = of;
        put_in_link("of", of === this.#at_first() ? null : of);
        this.#tell();
    }

    #tell(): void {
        for (const show of this.#followers) {
            show();
        }
    }
}

const made = new WeakMap<EnsembleData, Whose>();

/** The one choice of a page, made when it is first asked for. */
export function whose_of(data: EnsembleData, parting: Parting): Whose {
    const known = made.get(data) ?? new Whose(told_runs_of(data), parting);
    made.set(data, known);
    return known;
}

/** The field by which it is chosen; null where there is nothing to choose. */
export function whose_field(whose: Whose, by_group: boolean): HTMLElement | null {
    const { told, parting } = whose;
    if (told === null && !(by_group && parting.is_possible)) {
        return null;
    }
    const value = (): string => whose.of === "run" ? `run ${told!.run.run}` : whose.of;
    const make = (): ReturnType<typeof select_field> => {
        const names = parting.now?.names;
        return select_field("Values of", [
            { value: "mean", label: "all runs (mean)" },
            ...(!by_group || names === undefined ? [] : [{ value: "with", label: names[0], group: "By outcome (mean)" }, { value: "without", label: names[1], group: "By outcome (mean)" },
                { value: "apart", label: "difference of the two", group: "By outcome (mean)" }]),
            ...(told?.data.runs ?? []).map(({ run, reasons }) => ({ value: `run ${run}`, label: `run ${run}${reasons.length === 0 ? "" : ` – ${in_words(capitalised(reasons[0]!))}`}`, group: "One run" })),
        ], value(), (chosen) => {
            const at = told?.data.runs.findIndex(({ run }) => `run ${run}` === chosen) ?? -1;
            if (at >= 0) {
                told!.choose(at);
            } else {
                whose.choose(chosen as Of);
            }
        });
    };
    let box = make();
    let names = parting.now?.names;
    const { node } = box;
    whose.follow(() => {
        if (parting.now?.names !== names) {
            names = parting.now?.names;
            box = make();
            node.replaceChildren(...box.node.children);
        }
        box.choose(value());
    });
    return node;
}
