import { acknowledge } from './alarms.ts';
import { accept, answer, askBack, assign, decline, extend, note, refer, resolve } from './appeals.ts';
import { block } from './block.ts';
import type { Command } from './command.ts';
import { deskStatus, duty, giveBack, takeOver } from './desk.ts';
import { exportOf, publish, reportOf, statisticsOf } from './figures.ts';
import { helpFor } from './help.ts';
import { pin, remarks, samePerson } from './identity.ts';
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
import { auditTrail, find, todo } from './lists.ts';
import { localFill, localShow } from './local.ts';
import { merge, reopen, split } from './merging.ts';
import { bindRoom, staffAdd, staffList, staffStop } from './organisation.ts';
import { fileFor, record } from './paper.ts';
import { reveal, verify } from './trail.ts';
import { undo } from './undo.ts';

/** Every command, in the order of /帮助. */
export const commands: readonly Command[] = [
  helpFor(() => commands),
  todo,
  find,
  accept,
  assign,
  refer,
  answer,
  note,
  askBack,
  extend,
  resolve,
  decline,
  merge,
  split,
  reopen,
  undo,
  fileFor,
  record,
  takeOver,
  giveBack,
  acknowledge,
  block,
  duty,
  deskStatus,
  statisticsOf,
  exportOf,
  reportOf,
  publish,
  auditTrail,
  verify,
  reveal,
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
  staffAdd,
  staffStop,
  staffList,
  pin,
  remarks,
  samePerson,
  backup,
  thaw,
];
