import { type Context, Hono } from 'hono';
import { listenOn } from '../../../src/adapters/web/listen.ts';
import type { Fault, World } from './world.ts';

// biome-ignore lint/suspicious/noExplicitAny: what callers send, whatever it is
type Body = Record<string, any>;
/** A call's answer: an error by its code, or what it answers. */
type Result = number | Record<string, unknown>;
type Call = (body: Body, query: Record<string, string>) => Result | Response;

const tokenMs = 7200_000;
const overlapMs = 300_000;
const mediaMs = 3 * 24 * 3600_000;

/** What the API does, by path. */
function calls(world: World): Record<string, Call> {
  const follower = (openid: string) => {
    const person = world.people.get(openid);
    return person === undefined ? 40003 : person.follows ? person : 43004;
  };
  return {
    '/cgi-bin/stable_token': ({ appid, secret }) => {
      const { platform, token } = world;
      if (platform.whitelist && !platform.whitelist.includes('203.0.113.7')) return 40164;
      if (appid !== platform.appId) return 40013;
      if (secret !== platform.secret) return 40125;
      const now = world.now().getTime();
      if (!token || token.until - overlapMs <= now) {
        world.previous = token && { ...token, until: now + overlapMs };
        world.token = { value: `token-${world.id()}`, until: now + tokenMs };
      }
      return { access_token: world.token?.value, expires_in: Math.floor(((world.token?.until ?? now) - now) / 1000) };
    },
    // The old way: its tokens are others than the stable one, and each call ends the one before.
    '/cgi-bin/token': (_, { appid, secret }) => {
      const { platform } = world;
      if (appid !== platform.appId) return 40013;
      if (secret !== platform.secret) return 40125;
      world.volatile = { value: `volatile-${world.id()}`, until: world.now().getTime() + tokenMs };
      return { access_token: world.volatile.value, expires_in: tokenMs / 1000 };
    },
    '/cgi-bin/user/info': (_, { openid = '' }) => {
      const person = world.people.get(openid);
      if (!person) return 40003;
      // Since 2021-12-27 without a name, a picture or a place.
      return { subscribe: person.follows ? 1 : 0, openid, nickname: '', remark: '', tagid_list: [] };
    },
    '/cgi-bin/message/custom/send': (body) => {
      const { touser, msgtype, text, image } = body;
      const person = follower(touser);
      if (typeof person === 'number') return person;
      if (msgtype === 'text' && Buffer.byteLength(text.content) > 2048) return 45002;
      if (msgtype === 'text' && text.content === '') return 44004;
      if (msgtype === 'image' && !world.media.has(image.media_id)) return 40007;
      const code = world.spend(person);
      if (code !== 0) return code;
      person.typing = false;
      world.show(touser, 'service', msgtype === 'text' ? text.content : `[${msgtype}]`);
      return {};
    },
    '/cgi-bin/message/custom/typing': ({ touser, command }) => {
      const person = follower(touser);
      if (typeof person === 'number') return person;
      if (!['Typing', 'CancelTyping'].includes(command)) return 45072;
      if (command === 'Typing' && person.typing) return 45081;
      person.typing = command === 'Typing';
      return {};
    },
    '/cgi-bin/menu/create': (body) => {
      const wrong = wrongMenu(body);
      if (wrong === 0) world.menu = body;
      return wrong === 0 ? {} : wrong;
    },
    '/cgi-bin/menu/get': () => (world.menu === undefined ? 46003 : { menu: world.menu }),
    '/cgi-bin/media/upload': (_, { type = '' }) => {
      const id = `media-${world.id()}`;
      world.media.set(id, { bytes: new Uint8Array([1]), until: world.now().getTime() + mediaMs, type });
      return { type, media_id: id, created_at: Math.floor(world.now().getTime() / 1000) };
    },
    '/cgi-bin/material/add_material': (_, { type = '' }) => {
      const id = `material-${world.id()}`;
      world.media.set(id, { bytes: new Uint8Array([1]), until: Number.POSITIVE_INFINITY, type });
      return { media_id: id, url: `https://mmbiz.qpic.cn/${id}` };
    },
    '/cgi-bin/media/get': (_, { media_id = '' }) => {
      const found = world.media.get(media_id);
      if (!found || found.until < world.now().getTime()) return 40007;
      return new Response(Buffer.from(found.bytes), { headers: { 'content-type': found.type } });
    },
    '/cgi-bin/draft/add': ({ articles }) => {
      if (articles.some(({ thumb_media_id }: Body) => !world.media.has(thumb_media_id))) return 40007;
      const id = `draft-${world.id()}`;
      world.drafts.set(id, articles);
      return { media_id: id };
    },
    '/cgi-bin/message/mass/sendall': (body) => {
      const { clientmsgid = '', msgtype, text, mpnews, filter } = body;
      if (Buffer.byteLength(clientmsgid) > 64) return 45067;
      const before = world.jobs.find(({ client }) => client !== '' && client === clientmsgid);
      if (before) return { errcode: 45065, errmsg: 'clientmsgid exist', msg_id: before.id };
      if (!world.platform.verified) return 48001;
      const article = msgtype === 'mpnews' ? world.drafts.get(mpnews.media_id)?.[0] : undefined;
      if (msgtype === 'mpnews' && !article) return 40007;
      const job = {
        id: 3_147_483_647 + world.jobs.length,
        client: clientmsgid,
        at: world.now().getTime(),
        text: article ? `${article.title}\n${article.content}` : text.content,
        ...(filter.is_to_all ? {} : { tag: filter.tag_id }),
        state: world.platform.confirms ? ('unconfirmed' as const) : ('sending' as const),
      };
      world.jobs.push(job);
      return { msg_id: job.id };
    },
    '/cgi-bin/message/mass/get': ({ msg_id }) => {
      const job = world.jobs.find(({ id }) => String(id) === String(msg_id));
      return job ? { msg_id: job.id, msg_status: job.state === 'done' ? (job.refused ? 'SEND_FAIL' : 'SEND_SUCCESS') : 'SENDING' } : 40059;
    },
    '/cgi-bin/freepublish/submit': ({ media_id }) => {
      if (!world.platform.verified) return 48001;
      if (!world.drafts.has(media_id)) return 40007;
      world.published.push(media_id);
      return { publish_id: world.id() };
    },
    '/cgi-bin/message/template/send': ({ touser, template_id, data }) => {
      const person = follower(touser);
      if (typeof person === 'number') return person;
      const template = world.platform.templates.find((each) => each.template_id === template_id);
      if (!world.platform.verified) return 48001;
      if (!template) return 40037;
      const values = Object.values(data as Record<string, { value: string }>).map(({ value }) => value);
      if (values.some((value) => value.length > 20 || /\n/.test(value))) return 47003;
      world.show(touser, 'template', [template.title, ...values].join(' | '));
      return { msgid: Number(world.id().slice(-9)) };
    },
    '/cgi-bin/template/get_all_private_template': () => ({ template_list: world.platform.templates }),
    '/cgi-bin/qrcode/create': ({ action_name, action_info }) => {
      const scene: string = action_info.scene.scene_str ?? String(action_info.scene.scene_id);
      if (scene.length < 1 || scene.length > 64) return 40053;
      world.codes.push({ scene, permanent: String(action_name).startsWith('QR_LIMIT') });
      return { ticket: `ticket-${scene}`, url: `http://weixin.qq.com/q/${encodeURIComponent(scene)}` };
    },
  };
}

/** 3×5, labels by their bytes, keys and addresses. @returns the code, 0 when it may be published */
function wrongMenu({ button }: Body): number {
  const all = (button as Body[]).flatMap((each) => [each, ...(each.sub_button ?? [])]);
  if (button.length < 1 || button.length > 3) return 40016;
  if (button.some(({ sub_button = [] }: Body) => sub_button.length > 5)) return 40023;
  if (button.some(({ name }: Body) => Buffer.byteLength(name) > 16)) return 40018;
  if (all.some(({ name }: Body) => Buffer.byteLength(name) > 60)) return 40018;
  if (all.some(({ type, sub_button = [] }: Body) => sub_button.length === 0 && !['click', 'view'].includes(type))) return 40017;
  return all.some(({ key = '', url = '' }: Body) => Buffer.byteLength(key) > 128 || Buffer.byteLength(url) > 1024) ? 40019 : 0;
}

/**
 * The API on a port of its own. Errors come with status 200, and JSON as text/plain: WeChat does both.
 * @param isGone whether the process that calls it was killed: what it still seems to ask is neither done nor answered
 */
export async function openApi(world: World, isGone: () => boolean = () => false) {
  const known = calls(world);
  const hanging: (() => void)[] = [];
  const answered = (path: string, result: Result) => {
    const answer = typeof result === 'number' ? { errcode: result, errmsg: `${errmsgOf(result)} rid: 0-0-0` } : { errcode: 0, ...result };
    world.calls.push({ path, code: Number(answer.errcode) });
    return new Response(JSON.stringify(answer), { headers: { 'content-type': 'text/plain' } });
  };
  const app = new Hono();
  app.all('*', async (c) => {
    const path = c.req.path;
    const hangs = () => new Promise<Response>((resolve) => hanging.push(() => resolve(c.text(''))));
    if (isGone()) return hangs();
    const fault = world.takeFault(path);
    const reset = () => {
      world.calls.push({ path, code: Number.NaN });
      (c.env as { incoming: { destroy(): void } }).incoming.destroy();
      return new Promise<Response>(() => undefined);
    };
    const isJson = (c.req.header('content-type') ?? '').startsWith('application/json');
    const body: Body = isJson ? await c.req.json() : {};
    if (isGone()) return hangs();
    if (fault === 'reset') return reset();
    if (fault === '502') return c.text('502 Bad Gateway', 502);
    if (fault === 'hang') return hangs();
    if (isError(fault)) return answered(path, { errcode: fault.code, errmsg: fault.errmsg ?? 'fault' });
    const refused = refusal(world, path, c);
    if (refused !== 0) return answered(path, refused);
    const call = known[path];
    if (!call) return answered(path, 40066);
    const result = call(body, c.req.query());
    if (fault === 'after') return reset();
    if (!(result instanceof Response)) return answered(path, result);
    world.calls.push({ path, code: 0 });
    return result;
  });
  const { address, close } = await listenOn(app, '127.0.0.1', 0);
  return {
    address: address.replace(/\/$/, ''),
    async close() {
      for (const end of hanging) end();
      await close();
    },
  };
}

/** What holds for every call but that for the token. */
function refusal(world: World, path: string, c: Context): number {
  if (path === '/cgi-bin/stable_token' || path === '/cgi-bin/token') return 0;
  if (world.platform.banned) return 50002;
  const given = c.req.query('access_token');
  if (given === undefined || given === '') return 41001;
  const good = [world.token, world.previous, world.volatile].find((token) => token?.value === given);
  return good === undefined ? 40001 : good.until > world.now().getTime() ? 0 : 42001;
}

const isError = (fault: Fault | undefined): fault is Extract<Fault, { code: number }> => typeof fault === 'object';
const errmsgOf = (code: number) => (code === 40164 ? 'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist' : 'error');
