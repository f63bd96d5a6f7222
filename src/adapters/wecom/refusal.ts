import { SendError } from '../../desk/kernel/accounts.ts';

/** The service is busy: whether what was asked was done nobody knows. */
const busy = -1;

/** The service said no, in a number of its own (`errcode`). What it refused did not arrive. */
export class Refusal extends SendError {
  readonly code: number;
  constructor(code: number) {
    super(`企业微信 answered ${code}`, code !== busy);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** Whether the service only had no time for it: it is asked again like after a lost connection. */
export const isBusy = (error: unknown): boolean => error instanceof Refusal && error.code === busy;
