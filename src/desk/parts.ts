import { absence, returns } from './appeals/absences.ts';
import { appealClocks } from './appeals/clock.ts';
import { accept, answer, askBack, assign, decline, extend, note, refer, resolve } from './appeals/commands.ts';
import { address } from './appeals/form-of-address.ts';
import { handlers } from './appeals/handlers.ts';
import { alike, auditTrail, find, todo, wholeWords } from './appeals/lists.ts';
import { merge, reopen, split } from './appeals/merging.ts';
import { fileFor, letter, record } from './appeals/papers.ts';
import {
  callback,
  consent,
  form,
  furtherWords,
  join,
  otherMatter,
  rating,
  rightPlace,
  supplement,
  whichMatter,
  withdrawal,
} from './appeals/questions.ts';
import { appealsTables } from './appeals/rows.ts';
import { filedFor } from './appeals/staff-questions.ts';
import { undo } from './appeals/undo.ts';
import { help } from './commands/help.ts';
import { argument, confirmation, lastLook, whichPerson } from './conversation/questions.ts';
import { unanswered } from './conversation/unanswered.ts';
import { acknowledge, alarmList, attend, close } from './danger/commands.ts';
import { alarms, lookIns, othersWords } from './danger/paging.ts';
import { danger } from './danger/questions.ts';
import { dangerTables } from './danger/rows.ts';
import { exportOf, reportOf, statisticsOf } from './figures/commands.ts';
import { ledgerOf } from './figures/ledger.ts';
import { streetStatistics, streetWeekly } from './figures/street.ts';
import { backup, thaw } from './keeping/commands.ts';
import { dailyBackup, housekeeping, retention, tidying } from './keeping/daily.ts';
import { damagedRows } from './keeping/damaged.ts';
import { deskStatus, duty, giveBack, takeOver } from './keeping/desk-commands.ts';
import { askedOften, digest, digestLater } from './keeping/digest.ts';
import { keepingTables } from './keeping/rows.ts';
import { qrSheet } from './keeping/sheets.ts';
import { reveal, verify } from './keeping/trail.ts';
import type { Chore } from './kernel/chore.ts';
import type { Command } from './kernel/command.ts';
import { discards } from './kernel/discards.ts';
import { type QuestionParts, questionsTable } from './kernel/question.ts';
import { kernelTables } from './kernel/rows.ts';
import type { AllTables } from './kernel/table.ts';
import {
  knowledgeAdd,
  knowledgeAdopt,
  knowledgeChange,
  knowledgeFind,
  knowledgeStop,
  knowledgeTry,
  knowledgeUnanswered,
} from './knowledge/commands.ts';
import { knowledgeConsult } from './knowledge/consult.ts';
import { localFill, localForm, localShow } from './knowledge/local.ts';
import { learning } from './knowledge/overlay.ts';
import { localFact, phrasingAdded, publishFacts } from './knowledge/questions.ts';
import { knowledgeConfirm, knowledgeOverdue } from './knowledge/review.ts';
import { knowledgeTables } from './knowledge/rows.ts';
import { ahead } from './news/ahead.ts';
import { disclosures } from './news/disclosure.ts';
import { editionDraft, editionRelease, editionReview, editionShow } from './news/edition-commands.ts';
import { newsDisclosed, newsRemind } from './news/idea-commands.ts';
import { newsAdd, newsChange, newsList, newsRemove } from './news/item-commands.ts';
import { editionProgress, unsureAgain, unsureArrived } from './news/progress-commands.ts';
import { edition, newsAdded } from './news/questions.ts';
import { editionReports } from './news/report.ts';
import { roomNews } from './news/room-news.ts';
import { newsTables } from './news/rows.ts';
import { editions } from './news/schedule.ts';
import { editionResume, editionStop, editionWithdraw } from './news/sending-commands.ts';
import { urgentNotice } from './news/urgent.ts';
import { block } from './people/block.ts';
import { pin, remarks, samePerson } from './people/identity-commands.ts';
import { inbox } from './people/inbox.ts';
import { bindRoom } from './people/organisation.ts';
import { erasure } from './people/questions.ts';
import { peopleTables } from './people/rows.ts';
import { staffAdd, staffList, staffStop } from './people/staff-commands.ts';
import { privacyTables } from './privacy/rows.ts';
import { reckoning } from './reckoning/questions.ts';
import { dueReminders } from './reminders/due.ts';
import { reminderDay, whichReminder } from './reminders/questions.ts';
import { remindersTables } from './reminders/rows.ts';
import { sendingTables } from './sending/rows.ts';
import { publish } from './site/release.ts';
import { siteTables } from './site/rows.ts';
import { streetAdd, streetList, streetPicture, streetRemove } from './site/street-view.ts';
import { supervisionTables } from './supervision/rows.ts';
import { sealing } from './supervision/sealing.ts';
import { choice, offer } from './talk/questions.ts';

/** What the rooms declare, listed once. Whatever must be true of every part is a loop over these lists. */

/** Every question that the bot can ask. */
export const questions: QuestionParts = {
  address,
  argument,
  callback,
  choice,
  confirmation,
  consent,
  danger,
  edition,
  erasure,
  filedFor,
  form,
  furtherWords,
  join,
  lastLook,
  localFact,
  newsAdded,
  offer,
  otherMatter,
  phrasingAdded,
  publishFacts,
  rating,
  reckoning,
  reminderDay,
  rightPlace,
  streetPicture,
  supplement,
  whichMatter,
  whichPerson,
  whichReminder,
  withdrawal,
};

/** Every table. */
export const tables: AllTables = {
  ...kernelTables,
  ...appealsTables,
  ...dangerTables,
  ...keepingTables,
  ...knowledgeTables,
  ...newsTables,
  ...peopleTables,
  ...privacyTables,
  ...remindersTables,
  ...sendingTables,
  ...siteTables,
  ...supervisionTables,
  questions: questionsTable(questions),
};

/** Every command, in the order of /帮助. */
export const commands: readonly Command[] = [
  help,
  todo,
  find,
  wholeWords,
  accept,
  assign,
  handlers,
  absence,
  refer,
  letter,
  answer,
  note,
  askBack,
  extend,
  resolve,
  decline,
  alike,
  merge,
  split,
  reopen,
  undo,
  fileFor,
  record,
  takeOver,
  giveBack,
  alarmList,
  acknowledge,
  attend,
  close,
  block,
  duty,
  deskStatus,
  statisticsOf,
  streetStatistics,
  exportOf,
  ledgerOf,
  reportOf,
  publish,
  auditTrail,
  verify,
  reveal,
  knowledgeConsult,
  knowledgeFind,
  knowledgeAdd,
  knowledgeChange,
  knowledgeStop,
  knowledgeTry,
  knowledgeAdopt,
  knowledgeOverdue,
  knowledgeConfirm,
  knowledgeUnanswered,
  localFill,
  localShow,
  localForm,
  newsAdd,
  newsChange,
  newsRemove,
  newsList,
  newsRemind,
  newsDisclosed,
  editionDraft,
  editionShow,
  editionReview,
  editionRelease,
  editionStop,
  editionResume,
  editionWithdraw,
  editionProgress,
  unsureAgain,
  unsureArrived,
  urgentNotice,
  roomNews,
  streetAdd,
  streetList,
  streetRemove,
  qrSheet,
  bindRoom,
  staffAdd,
  staffStop,
  staffList,
  pin,
  inbox,
  remarks,
  samePerson,
  backup,
  thaw,
];

/** Every chore, in the order in which they are done: who is in danger first. */
export const chores: readonly Chore[] = [
  alarms,
  othersWords,
  lookIns,
  unanswered,
  appealClocks,
  ahead,
  dueReminders,
  editions,
  editionReports,
  disclosures,
  damagedRows,
  tidying,
  sealing,
  housekeeping,
  retention,
  dailyBackup,
  returns,
  digest,
  digestLater,
  askedOften,
  streetWeekly,
  discards,
  learning,
];
