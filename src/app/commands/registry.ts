import { acknowledge } from './alarms.ts';
import { accept, answer, resolve } from './appeals.ts';
import type { Command } from './command.ts';
import { helpFor } from './help.ts';
import { backup, thaw } from './keeping.ts';
import { find, todo } from './lists.ts';
import { bindRoom, enrolStaff } from './organisation.ts';

/** Every command, in the order of /帮助. */
export const commands: readonly Command[] = [
  helpFor(() => commands),
  todo,
  find,
  accept,
  answer,
  resolve,
  acknowledge,
  bindRoom,
  enrolStaff,
  backup,
  thaw,
];
