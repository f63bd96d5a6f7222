import { plusMinutes, spokenTime } from '../../domain/time/clock-time.ts';
import { oneLine } from '../../domain/words/one-line.ts';
import { type Chore, eachApart, failFor, isThere } from '../kernel/chore.ts';
import type { App } from '../kernel/desk.ts';
import type { Reply } from '../kernel/message.ts';
import type { Transaction } from '../kernel/ports.ts';
import { takeBack } from '../kernel/question.ts';
import { dutyOn, toDirectors } from '../kernel/staff.ts';
import { queue } from '../sending/deliveries.ts';
import {
  type Acting,
  againMinutes,
  isRestricted,
  keepAlarm,
  kindOf,
  matterOf,
  moved,
  never,
  newAlarm,
  nextMorning,
  pagesToStaff,
  wordsOf,
} from './alarms.ts';
import { callNow, whoWasTold } from './calling.ts';
import { cardOf } from './cards.ts';
import { tellTogether } from './others.ts';
import { firstPage } from './raising.ts';
import type { Alarm, Suspicion } from './rows.ts';

/** The one who acts when the clock does. */
const byTheClock = 'clock';

/** Calls whom an alarm that nobody has heard is due to. By the store and the clock, so that a restart forgets nobody. */
export const alarms: Chore = {
  id: 'alarms',
  pressing: true,
  isDue: async (_, now, tx) => (await isThere(tx, 'suspicions', silentAt(now))) || (await isThere(tx, 'alarms', calledAt(now))),
  async run(app, now) {
    const silent = await app.store.transaction((tx) => tx.find('suspicions', silentAt(now)));
    const called = await app.store.transaction((tx) => tx.find('alarms', calledAt(now), { by: 'createdAt' }));
    const pages = new Map<string, string>();
    failFor([
      ...(await eachApart(app, ids(silent), (id) => app.store.transaction((tx) => silence(app, tx, id, now)))),
      ...(await eachApart(app, ids(called), (id) => app.store.transaction((tx) => callAgain(app, tx, id, now, pages)))),
    ]);
  },
};

const silentAt = (now: Date) => ({ nextAt: { atMost: now.toISOString() } });
const calledAt = (now: Date) => ({ state: 'called' as const, nextAt: { atMost: now.toISOString() } });
const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

async function actingByClock(app: App, tx: Transaction, now: Date): Promise<Acting> {
  return { tx, now, say: app.say, vault: app.vault, content: await app.overlay.over(app.content.current(), tx), actor: byTheClock };
}

/** It was asked whether somebody is in danger and nobody has answered: that is taken for a yes. */
async function silence(app: App, tx: Transaction, id: string, now: Date): Promise<void> {
  const suspicion = await tx.get('suspicions', id);
  if (!suspicion) return;
  const acting = await actingByClock(app, tx, now);
  await tx.remove('suspicions', id);
  await takeBack({ tx, now }, id, ({ kind }) => kind === 'danger');
  const kind = kindOf(acting.content, suspicion.kind);
  const person = await tx.get('people', suspicion.person);
  if (!kind || !person) return;
  const alarm = await newAlarm(acting, { ...suspicion, kind, unanswered: true });
  const { alarm: called, replies } = await callNow(acting, alarm, await firstPage(acting, alarm, ''));
  await keepAlarm(acting, called);
  const { call } = cardOf(acting.content, kind, suspicion.text);
  const told = await whoWasTold(acting, called, replies, call);
  await say(app, tx, now, suspicion.person, [...toSilent(suspicion, app.say('emergency.silent', { told })), ...replies]);
}

/** In a group nothing more is said to somebody who perhaps only talked. */
function toSilent({ room, person }: Suspicion, text: string): Reply[] {
  return room === undefined ? [{ to: { person }, text, kind: 'notice' }] : [];
}

/** Calls again for an alarm that is due, three times whoever is called, then the directors. */
async function callAgain(app: App, tx: Transaction, id: string, now: Date, pages: Map<string, string>): Promise<void> {
  const alarm = await tx.get('alarms', id);
  // Heard since it was found due.
  if (alarm?.state !== 'called' || alarm.nextAt > now.toISOString()) return;
  const acting = await actingByClock(app, tx, now);
  const toDirector = alarm.pages >= pagesToStaff;
  const { alarm: called, replies } = toDirector
    ? await callDirectors(acting, alarm)
    : await callNow(acting, alarm, pageAgain(acting, alarm));
  // After the director there is nobody left to call; the alarm waits for somebody to say /收到.
  const nextAt = toDirector ? never : plusMinutes(now, againMinutes).toISOString();
  const paged = { ...called, pages: alarm.pages + 1, nextAt, pagedAt: now.toISOString() };
  await keepAlarm(acting, { ...(moved(acting, paged, 'page') ?? paged), lastAt: alarm.lastAt });
  for (const reply of replies) await page(app, tx, now, { ...reply, about: alarm.person }, pages);
}

/** What goes to one place is one message: ten alarms are no ten pages. `pages` are those of this time, by where they go. */
async function page(app: App, tx: Transaction, now: Date, reply: Reply, pages: Map<string, string>): Promise<void> {
  const place = 'room' in reply.to ? `room/${reply.to.room}` : reply.to.person;
  const before = await tx.get('deliveries', pages.get(place) ?? '');
  if (before?.state === 'queued' || before?.state === 'waiting') {
    await tx.put('deliveries', { ...before, text: `${before.text}\n${reply.text}` });
    return;
  }
  const id = app.ids.id();
  await queue(tx, app.ids, now, { ...reply, id, urgent: true });
  pages.set(place, id);
}

function pageAgain({ say: words, content }: Acting, alarm: Alarm) {
  const head = { number: alarm.id, times: alarm.pages + 1 };
  return {
    whole: words('alarm.pageAgain', { ...head, text: wordsOf(alarm) }),
    discreet: words('alarm.pageAgainDiscreet', { ...head, matter: matterOf({ say: words, content }, alarm) }),
  };
}

async function callDirectors(acting: Acting, alarm: Alarm): Promise<{ alarm: Alarm; replies: Reply[] }> {
  const directors = await acting.tx.find('people', { role: 'director' });
  const mayKnow = directors.filter(({ asleep }) => !isRestricted(acting.content, alarm) || !asleep).map(({ id }) => id);
  const text = acting.say('alarm.pageDirector', { number: alarm.id, matter: matterOf(acting, alarm), text: wordsOf(alarm) });
  const bare = acting.say('alarm.pageDirector', { number: alarm.id, matter: matterOf(acting, alarm), text: '' });
  const replies = (await toDirectors(acting.tx, text)).map((reply) =>
    'person' in reply.to && reply.to.person !== undefined && mayKnow.includes(reply.to.person) ? reply : { ...reply, text: bare },
  );
  const { people, rooms, words } = alarm.called;
  const called = {
    rooms,
    people: [...new Set([...people, ...directors.map(({ id }) => id)])],
    words: [...new Set([...words, ...mayKnow])],
  };
  return { alarm: { ...alarm, called }, replies };
}

async function say(app: App, tx: Transaction, now: Date, about: string, replies: readonly Reply[]): Promise<void> {
  for (const reply of replies) await queue(tx, app.ids, now, { ...reply, urgent: true, ...(reply.to.person === about ? {} : { about }) });
}

/** What others have said of an alarm, beyond what rings at once, is told together. */
export const othersWords: Chore = {
  id: 'othersWords',
  pressing: true,
  isDue: (_, now, tx) => isThere(tx, 'alarms', toldAt(now)),
  async run(app, now) {
    const due = await app.store.transaction((tx) => tx.find('alarms', toldAt(now), { by: 'tellAt' }));
    failFor(
      await eachApart(app, ids(due), (id) =>
        app.store.transaction(async (tx) => {
          const alarm = await tx.get('alarms', id);
          if (alarm?.tellAt === undefined || alarm.tellAt > now.toISOString()) return;
          const acting = await actingByClock(app, tx, now);
          const { alarm: told, replies } = await tellTogether(acting, alarm);
          await keepAlarm(acting, told);
          await say(app, tx, now, alarm.person, replies);
        }),
      ),
    );
  },
};

const toldAt = (now: Date) => ({ tellAt: { atMost: now.toISOString() } });

/** The day after, somebody is reminded to look in: whoever had it, or who is on duty. */
export const lookIns: Chore = {
  id: 'lookIns',
  isDue: (_, now, tx) => isThere(tx, 'alarms', lookedInAt(now)),
  async run(app, now) {
    await app.store.transaction(async (tx) => {
      const due = await tx.find('alarms', lookedInAt(now));
      for (const alarm of due) {
        const acting = await actingByClock(app, tx, now);
        const { lookInAt: _, ...rest } = alarm;
        // What is still on is told of every morning.
        await tx.put('alarms', alarm.state === 'over' ? rest : { ...rest, lookInAt: nextMorning(now) });
        if (alarm.erased) continue;
        for (const reply of await toLookIn(acting, alarm)) await queue(tx, app.ids, now, { ...reply, about: alarm.person });
      }
    });
  },
};

const lookedInAt = (now: Date) => ({ lookInAt: { atMost: now.toISOString() } });

async function toLookIn(acting: Acting, alarm: Alarm): Promise<Reply[]> {
  const { tx, now, say: words } = acting;
  const takers = await Promise.all(alarm.takers.map((id) => tx.get('people', id)));
  const person = takers.find((each) => each?.role !== undefined) ?? (await dutyOn(tx, now));
  const text = words(alarm.state === 'over' ? 'alarm.lookIn' : 'alarm.lookInStillOn', {
    number: alarm.id,
    matter: matterOf(acting, alarm),
    name: oneLine((await tx.get('people', alarm.person))?.name ?? ''),
    time: spokenTime(new Date(alarm.createdAt)),
  });
  return person ? [{ to: { person: person.id }, text, kind: 'notice' }] : toDirectors(tx, text);
}
