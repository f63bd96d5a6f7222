import { acknowledge } from './alarms.ts';
import { accept, answer, resolve } from './appeals.ts';
import type { Command } from './command.ts';
import { helpFor } from './help.ts';
import { backup, thaw } from './keeping.ts';
import {
  knowledgeAdd,
  knowledgeAdopt,
  knowledgeChange,
  knowledgeFind,
  knowledgeOverdue,
  knowledgeStop,
  knowledgeTry,
  unanswered,
} from './knowledge.ts';
import { find, todo } from './lists.ts';
import { localFill, localShow } from './local.ts';
import { bindRoom, enrolStaff } from './organisation.ts';
import { undo } from './undo.ts';

/** Every command, in the order of /帮助. */
export const commands: readonly Command[] = [
  helpFor(() => commands),
  todo,
  find,
  accept,
  answer,
  resolve,
  undo,
  acknowledge,
  knowledgeFind,
  knowledgeAdd,
  knowledgeChange,
  knowledgeStop,
  knowledgeTry,
  knowledgeAdopt,
  knowledgeOverdue,
  unanswered,
  localFill,
  localShow,
  bindRoom,
  enrolStaff,
  backup,
  thaw,
];
