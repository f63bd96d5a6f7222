import { inShanghai } from '../../domain/time/clock-time.ts';
import type { App } from '../kernel/desk.ts';
import { countMarks, markOnce } from '../kernel/marks.ts';
import { toStaff } from '../kernel/staff.ts';
import { localValue } from '../knowledge/answer-text.ts';
import { queue } from '../sending/deliveries.ts';
import { rootMenu } from './menu-page.ts';

/** Nobody is greeted, and nothing is begun, at night. */
const dayFrom = 8;
const dayTo = 21;

/**
 * Whether a request to become a friend is accepted now: its greeting says what it is about, as data/community.yaml wants, and not too
 * many were accepted today (accounts that accept many are limited). One that is not accepted is left to a person, who is told once a day.
 * @param id the request's own id, so that it counts once
 */
export async function admits(app: App, id: string, greeting: string): Promise<boolean> {
  const { greetings, aDay } = app.content.current().community.friends;
  const now = app.clock.now();
  const { date } = inShanghai(now);
  return app.store.transaction(async (tx) => {
    const fits = greetings.length === 0 || greetings.some((word) => greeting.includes(word));
    if (fits && (await countMarks(tx, `friend/${date}/`)) < aDay) return markOnce({ tx, now }, `friend/${date}/${id}`);
    if (await markOnce({ tx, now }, `friends-left/${date}`))
      for (const reply of await toStaff(tx, app.say('phone.left'))) await queue(tx, app.ids, now, reply);
    return false;
  });
}

/** Somebody has become a friend: once, they hear how their data are kept, and the menu. */
export async function welcome(app: App, person: string): Promise<void> {
  const now = app.clock.now();
  const content = app.content.current();
  await app.store.transaction(async (tx) => {
    const known = await tx.get('people', person);
    if (!known?.reachable || known.noticedAt !== undefined) return;
    await tx.put('people', { ...known, noticedAt: now.toISOString() });
    const local = await app.overlay.over(content, tx);
    const texts = [
      app.say('privacy.notice', { community: content.community.name, phone: localValue('office.phone', { content: local }) }),
      rootMenu(local, app.say),
    ];
    for (const text of texts) await queue(tx, app.ids, now, { to: { person }, text, kind: 'notice' });
  });
  await app.outbox.pump();
}

/** Somebody has come into a group: whoever came today hears it together, once, by day. */
export async function joined(app: App, room: string): Promise<void> {
  const now = app.clock.now();
  const { date, hour } = inShanghai(now);
  await app.store.transaction(async (tx) => {
    const known = await tx.get('rooms', room);
    if (known?.kind !== 'residents' || hour < dayFrom || hour >= dayTo) return;
    if (!(await markOnce({ tx, now }, `joined/${room}/${date}`))) return;
    const { botName, name } = app.content.current().community;
    const text = app.say('newcomer.room', { bot: botName, community: name });
    await queue(tx, app.ids, now, { to: { room }, text, kind: 'notice' });
  });
  await app.outbox.pump();
}

/** Somebody has invited the account into a group, which cannot be accepted through the web: a person is asked to, once a day for each group. */
export async function invited(app: App, topic: string): Promise<void> {
  const now = app.clock.now();
  await app.store.transaction(async (tx) => {
    if (!(await markOnce({ tx, now }, `invited/${topic}/${inShanghai(now).date}`))) return;
    for (const reply of await toStaff(tx, app.say('phone.invited', { room: topic }))) await queue(tx, app.ids, now, reply);
  });
  await app.outbox.pump();
}
