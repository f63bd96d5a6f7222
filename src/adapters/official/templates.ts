import type { Saying } from '../../desk/kernel/accounts.ts';
import type { Clock, Log } from '../../desk/kernel/ports.ts';
import type { Say } from '../../desk/kernel/say.ts';
import { inShanghai } from '../../domain/time/clock-time.ts';
import type { Client } from './client.ts';

/** On which steps of a case a follower is told by template while their window is shut. */
export const templateSteps = ['accepted', 'progress', 'resolved', 'asked'] as const;
export type TemplateStep = (typeof templateSteps)[number];

/** Tells somebody by template that there is something for them. */
export interface Templates {
  /** Rings once for something that waits; where no template fits nothing happens. Never rejects. */
  ring(openid: string, saying: Saying): Promise<void>;
}

/** A template of the account: `{{thing2.DATA}}` stands for a value. */
export interface Template {
  readonly template_id: string;
  readonly title: string;
  readonly content: string;
}

/** A value is no longer than this, and one line. */
const longestValue = 20;

/** The templates that the account has. @throws ApiError */
export async function templatesOf(client: Client): Promise<readonly Template[]> {
  const { template_list } = await client.get('/cgi-bin/template/get_all_private_template');
  return Array.isArray(template_list) ? (template_list as Template[]) : [];
}

export interface TemplateOptions {
  readonly client: Client;
  readonly clock: Clock;
  readonly say: Say;
  readonly log: Log;
  /** Which template tells of which step, by its id. */
  readonly ids: Partial<Record<TemplateStep, string>>;
  readonly siteUrl: string | undefined;
}

/** Only transactions are told so, which the platform allows: news by template would get the account punished. */
export function createTemplates({ client, clock, say, log, ids, siteUrl }: TemplateOptions): Templates {
  let known: Promise<readonly Template[]> | undefined;

  async function templateOf(id: string): Promise<Template | undefined> {
    known ??= templatesOf(client);
    const list = await known.catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return list.find(({ template_id }) => template_id === id);
  }

  return {
    async ring(openid, { progress, id }) {
      const template_id = progress && ids[progress.step];
      if (!progress || template_id === undefined) return;
      try {
        const template = await templateOf(template_id);
        if (!template) throw new Error('the account has no such template');
        const data = valuesFor(template, {
          number: progress.appeal,
          title: progress.title,
          state: say(`official.step.${progress.step}`),
          time: clock.now(),
          todo: say('official.look'),
        });
        await client.post('/cgi-bin/message/template/send', {
          touser: openid,
          template_id,
          ...(siteUrl === undefined ? {} : { url: `${siteUrl}/case` }),
          ...(id === undefined ? {} : { client_msg_id: id.slice(0, 32) }),
          data,
        });
      } catch (error) {
        log.warn({ step: progress.step, err: error }, 'a template message was not sent');
      }
    },
  };
}

interface Values {
  readonly number: string;
  readonly title: string;
  readonly state: string;
  readonly time: Date;
  readonly todo: string;
}

/** Fills a template by the kinds of its fields (character_string, phrase, time, thing, …): the first thing is the matter, a second what to do. */
export function valuesFor(
  { content }: Pick<Template, 'content'>,
  { number, title, state, time, todo }: Values,
): Record<string, { value: string }> {
  const { date, hour, minute } = inShanghai(time);
  const when = `${date} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  const things = [title, todo];
  const filledIn = (field: string): string => {
    if (/^(?:character_string|number)/.test(field)) return number;
    if (/^(?:phrase|const)/.test(field)) return state;
    if (field.startsWith('time')) return when;
    if (field.startsWith('date')) return date;
    return things.shift() ?? state;
  };
  const fields = [...content.matchAll(/\{\{(\w{1,40})\.DATA\}\}/g)].map(([, field = '']) => field);
  return Object.fromEntries(
    fields.map((field) => [field, { value: short(filledIn(field), field.startsWith('phrase') ? 5 : longestValue) }]),
  );
}

const short = (text: string, atMost: number) => [...text.replace(/\s+/g, ' ')].slice(0, atMost).join('');
