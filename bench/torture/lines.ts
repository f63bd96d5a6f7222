/** What the torture tells the process that it tortures, one JSON a line. */
export type Order =
  | { readonly meet: { readonly id: string; readonly name: string; readonly role?: 'worker' | 'director'; readonly reachable: boolean } }
  | { readonly group: { readonly id: string; readonly name: string; readonly kind: 'residents' | 'staff' | 'unbound' } }
  | { readonly say: { readonly id: string; readonly person: string; readonly room?: string; readonly text: string } }
  /** The clock of the desk shows this from now on (ISO time). */
  | { readonly clock: string }
  | { readonly disk: Fault }
  /** Does what is due, waits until nothing is left to do or to say, and answers `idle`. */
  | { readonly settle: true }
  /** Answers `state`. */
  | { readonly look: true };

/** What is wrong with the disk: nothing, no room, no writing, or half of what is written, and then no more. */
export type Fault = 'well' | 'full' | 'readonly' | 'torn';

/** What it answers. A line that was read was true: what is `said` has been handed over, and is on the disk. */
export type Report =
  | { readonly ready: true }
  | { readonly said: { readonly person?: string; readonly room?: string; readonly text: string } }
  | { readonly log: string; readonly level: 'warn' | 'error' }
  | { readonly unhandled: string }
  | { readonly idle: true }
  | { readonly state: State };

/** What there is, as far as it is looked at. */
export interface State {
  readonly appeals: readonly { readonly id: string; readonly person: string; readonly text: string; readonly steps: readonly string[] }[];
  readonly alarms: readonly { readonly id: string; readonly text: string }[];
  readonly staff: readonly string[];
  readonly damaged: number;
  /** The act from which on the audit trail does not fit. */
  readonly broken?: string;
}
