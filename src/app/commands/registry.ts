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
import { editionDraft, editionRelease, editionReview, editionShow } from './news-edition.ts';
import { newsDisclosed, newsRemind } from './news-ideas.ts';
import { newsAdd, newsChange, newsList, newsRemove } from './news-items.ts';
import { editionProgress, unsureAgain, unsureArrived } from './news-progress.ts';
import { editionResume, editionStop, editionWithdraw } from './news-sending.ts';
import { urgentNotice } from './news-urgent.ts';
import { bindRoom, staffAdd, staffList, staffStop } from './organisation.ts';
import { fileFor, record } from './paper.ts';
import { roomNews } from './room-news.ts';
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
