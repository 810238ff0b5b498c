// The page's calendar: dates, or, where the scenario has none, ticks by their number.
import { date_in_words, date_of } from "./format";

const day = 86_400_000;

export interface Clock {
    /** Whether points in time are milliseconds since 1970; else they are numbers of ticks. */
    dated: boolean;
}

/** Set once, before anything is drawn: a page is of one study, which has one calendar. */
export const clock: Clock = { dated: true };

/** As files have it: 2022-08-17. */
export function moment(when: number): string {
    return clock.dated ? date_of(when / day) : `tick ${when}`;
}

/** As people read it: 17 Aug 2022. */
export function told_moment(when: number): string {
    return clock.dated ? date_in_words(date_of(when / day)) : `tick ${when}`;
}

export function year_of(when: number): string {
    return moment(when).slice(0, clock.dated ? 4 : undefined);
}

/** How far a fact may lie after the last point and still belong to it. */
export function last_stretch(): number {
    return clock.dated ? 31 * day : 1;
}
