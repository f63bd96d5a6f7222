import { type Context, Hono } from 'hono';
import type { CaseAct, Report } from '../../desk/site/cases.ts';
import { pictureEndings, pictureType, withoutTraces } from '../../domain/content/picture.ts';
import type { CommunityOptions } from './community.ts';
import { createFormTokens } from './form-token.ts';
import { pictureBytes, readForm, type Sent } from './forms.ts';
import type { Html } from './html.ts';
import { createGate, type Limit } from './limits.ts';
import { plainPage } from './pages/about.ts';
import { askForCasePage, casePage } from './pages/case.ts';
import { dangerPage, type FilledIn, longestField, longestWhat, nothingFilledIn, receiptPage, reportPage } from './pages/report.ts';
import type { View } from './view.ts';

/** From one address: some reports an hour, and more where the browser has worked for them (a household, a school). */
const reportsOfOne: Limit = { atOnce: 6, everySeconds: 600 };
const reportsWithWork: Limit = { atOnce: 20, everySeconds: 180 };
/** In all: nobody has to read more than this, whoever sends it from however many places. */
const reportsOfAll: Limit = { atOnce: 90, everySeconds: 20 };
/** Wrong secrets from one address and in all; and what is said and done with cases. */
const triesOfOne: Limit = { atOnce: 30, everySeconds: 30 };
const triesOfAll: Limit = { atOnce: 900, everySeconds: 1 };
const actsOfOne: Limit = { atOnce: 40, everySeconds: 20 };
/** So many answers of the guide stand below a receipt. */
const guideShown = 2;

const solvedChoices = ['yes', 'partly', 'no', 'dropped'] as const;
const satisfiedChoices = ['yes', 'fairly', 'no'] as const;

/** 我要反映 and 查进度. Nothing of them is kept by a browser or a proxy. */
export function personal(options: CommunityOptions, view: (c: Context) => Promise<View>): Hono {
  const { cases, pages, keepPicture, dropPicture, whoAsks, elapsed } = options;
  const tokens = createFormTokens();
  const reports = createGate(reportsOfOne, elapsed);
  const workedReports = createGate(reportsWithWork, elapsed);
  const allReports = createGate(reportsOfAll, elapsed);
  const tries = createGate(triesOfOne, elapsed);
  const allTries = createGate(triesOfAll, elapsed);
  const acts = createGate(actsOfOne, elapsed);
  const app = new Hono();

  const token = () => tokens.make(pages.now());
  const show = (c: Context, page: Html, status: 200 | 404 | 413 | 422 | 429 | 503 = 200) => c.html(page.text, status);
  const mayTry = (c: Context) => tries.allows(whoAsks(c)) && allTries.allows('');
  /** The one answer to whatever opens nothing, byte for byte; only that is counted. */
  const notFound = async (c: Context) => {
    tries.take(whoAsks(c));
    allTries.take('');
    const seen = { ...(await view(c)), path: '/case', query: '' };
    return show(c, askForCasePage(seen, seen.say('site.case.notFound')), 404);
  };
  const tooMany = async (c: Context) => {
    const seen = await view(c);
    return show(c, plainPage(seen, seen.say('site.busy.title'), seen.say('site.case.tooMany')), 429);
  };
  const tooBig = async (c: Context) => {
    const seen = await view(c);
    return show(c, reportPage(seen, token(), { problem: seen.say('site.report.tooBig') }), 413);
  };

  // A sheet at a desk or a building says where it hangs: the place is filled in, and can be changed.
  app.get('/report', async (c) => {
    const filled = { ...nothingFilledIn, place: short(c.req.query('at') ?? '', longestField) };
    return show(c, reportPage(await view(c), token(), { filled }));
  });

  app.post('/report', async (c) => {
    const sent = await readForm(c);
    if (sent === 'tooBig' || sent === undefined) return tooBig(c);
    const seen = await view(c);
    const filled = filledIn(sent);
    const again = (problem: string, status: 200 | 422 | 429 | 503 = 422) => show(c, reportPage(seen, token(), { filled, problem }), status);
    const form = tokens.read(sent.text('token'), pages.now());
    if (form === undefined) return again(seen.say('site.report.expired'));
    if (filled.what.length > longestWhat) return again(seen.say('site.report.tooLong', { most: longestWhat, count: filled.what.length }));
    const gate = tokens.worked(sent.text('token'), sent.text('work')) ? workedReports : reports;
    if (!gate.take(whoAsks(c)) || !allReports.take('')) return again(seen.say('site.report.tooMany', { phone: seen.frame.phone }), 429);
    const picture = await pictureOf(sent);
    if (picture === 'none') return again(seen.say('site.report.noPicture'));
    if (sent.text('danger') === 'yes')
      return show(c, dangerPage(seen, sent.text('token'), { texts: await cases.say(form, '1'), asks: false }));

    const file = picture && (await keepPicture(`web${form.replace(/[^A-Za-z0-9]/g, '')}`, picture));
    const report = reportOf(seen, form, filled, sent, file);
    const done = await cases.report(report);
    if (file !== undefined && done.kind !== 'filed' && done.kind !== 'danger') await dropPicture(file);
    switch (done.kind) {
      case 'filed': {
        const found = await pages.search(filled.what);
        return show(c, receiptPage(seen, done.cases, found.topics.slice(0, guideShown)));
      }
      case 'danger':
        return show(c, dangerPage(seen, sent.text('token'), { ...done, filled }));
      case 'lacking': {
        const fileAgain = file === undefined ? {} : { problem: seen.say('site.report.fileAgain') };
        return show(c, reportPage(seen, sent.text('token'), { filled, lacking: done.lacking, ...fileAgain }));
      }
      default:
        return again(seen.say('site.report.failed'), 503);
    }
  });

  app.post('/report/say', async (c) => {
    const sent = await readForm(c);
    if (sent === 'tooBig' || sent === undefined) return tooBig(c);
    const seen = await view(c);
    const form = tokens.read(sent.text('token'), pages.now());
    if (form === undefined || !acts.take(whoAsks(c)))
      return show(c, reportPage(seen, token(), { problem: seen.say('site.report.expired') }), 422);
    const text = sent.text('look') === '' ? sent.text('text') : '';
    const said = text === '' ? [] : await cases.say(form, text);
    const answers = [...said, ...(await cases.waiting(form))];
    return show(c, dangerPage(seen, sent.text('token'), { texts: [], asks: false, answers }));
  });

  app.get('/case', async (c) => show(c, askForCasePage(await view(c))));

  app.post('/case', async (c) => {
    if (!mayTry(c)) return tooMany(c);
    const sent = await readForm(c);
    const seen = await view(c);
    const found = sent === 'tooBig' || sent === undefined ? undefined : await cases.find(sent.text('secret'), sent.text('number'));
    if (!found) return notFound(c);
    return show(c, casePage(seen, found, token()));
  });

  app.get('/s/:secret', async (c) => {
    if (!mayTry(c)) return tooMany(c);
    const seen = await view(c);
    const found = await cases.find(c.req.param('secret'));
    if (!found) return notFound(c);
    return show(c, casePage(seen, found, token()));
  });

  app.post('/s/:secret', async (c) => {
    if (!mayTry(c) || !acts.take(whoAsks(c))) return tooMany(c);
    const sent = await readForm(c);
    if (sent === 'tooBig' || sent === undefined) return tooBig(c);
    const seen = await view(c);
    const secret = c.req.param('secret');
    const back = async (problem: string) => {
      const found = await cases.find(secret);
      return found ? show(c, casePage(seen, found, token(), [problem]), 422) : notFound(c);
    };
    const form = tokens.read(sent.text('token'), pages.now());
    if (form === undefined) return back(seen.say('site.report.expired'));
    const picture = await pictureOf(sent);
    if (picture === 'none') return back(seen.say('site.report.noPicture'));
    const text = sent.text('text');
    if (text.length > longestWhat) return back(seen.say('site.report.tooLong', { most: longestWhat, count: text.length }));
    // A picture is kept only for who holds the secret.
    if (!(await cases.find(secret))) return back('');
    const file = picture && (await keepPicture(`web${form.replace(/[^A-Za-z0-9]/g, '')}`, picture));
    const act = actOf(sent, file);
    if (typeof act === 'string') return back(seen.say(act));
    const done = await cases.act(secret, act, form);
    if (!done?.view) return notFound(c);
    return show(c, casePage(seen, done.view, token(), done.texts.length > 0 ? done.texts : [seen.say('site.case.said')]));
  });
  return app;
}

function filledIn(sent: Sent): FilledIn {
  const field = (name: string, atMost: number) => short(sent.text(name), atMost);
  return { what: sent.text('what'), place: field('place', longestField), name: field('name', 30), phone: field('phone', 30) };
}

function short(text: string, atMost: number): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, atMost);
}

function reportOf({ say }: View, form: string, filled: FilledIn, sent: Sent, file: string | undefined): Report {
  const { what, place, name, phone } = filled;
  const same = sent.text('same');
  return {
    form,
    what,
    name: name === '' ? say('site.report.person') : name,
    ...(place === '' ? {} : { place }),
    ...(phone === '' ? {} : { phone }),
    ...(sent.text('placeAsked') === '' ? {} : { placeAsked: true }),
    ...(same === '' ? {} : { same: same === 'yes' }),
    ...(sent.text('danger') === 'no' ? { safe: true } : {}),
    ...(file === undefined ? {} : { file }),
  };
}

/** The picture that was sent, without what a camera wrote beside it; `none` when it is no picture. */
async function pictureOf({ file }: Sent): Promise<{ bytes: Uint8Array; ending: string } | 'none' | undefined> {
  if (!file) return undefined;
  if (file.size > pictureBytes) return 'none';
  const bytes = withoutTraces(new Uint8Array(await file.arrayBuffer()));
  const type = bytes && pictureType(bytes);
  return bytes && type ? { bytes, ending: pictureEndings[type] } : 'none';
}

/** What is to be done with a case; a word about what is missing when it is not whole. */
function actOf(sent: Sent, file: string | undefined): CaseAct | 'site.case.empty' | 'site.case.tick' | 'site.case.withdrawUnticked' {
  const text = sent.text('text');
  switch (sent.text('does')) {
    case 'urge':
      return { does: 'urge' };
    case 'withdraw':
      return sent.text('sure') === 'yes' ? { does: 'withdraw' } : 'site.case.withdrawUnticked';
    case 'rate': {
      const solved = solvedChoices.find((each) => each === sent.text('solved'));
      const satisfied = satisfiedChoices.find((each) => each === sent.text('satisfied'));
      if (solved === undefined) return 'site.case.tick';
      return { does: 'rate', text, solved, ...(satisfied === undefined ? {} : { satisfied }) };
    }
    default:
      if (text === '' && file === undefined) return 'site.case.empty';
      return { does: 'add', text, ...(file === undefined ? {} : { file }) };
  }
}
