import type { Session } from './account.ts';
import type { Answer, Handler } from './call.ts';

/** jslogin: a new QR code. */
export const jslogin: Handler = (_call, { account }) => ({
  body: `window.QRLogin.code = 200; window.QRLogin.uuid = "${account.askForQr().uuid}";`,
});

/** login: waits for the phone; 408 nothing yet, 201 scanned, 200 confirmed, 400 expired. */
export const poll: Handler = async ({ query }, { account }) => {
  const uuid = query.get('uuid');
  const { qr, world } = account;
  if (!qr || qr.uuid !== uuid) return { body: 'window.code=400;' };
  await world.signal.until(() => account.qr !== qr || qr.state !== qr.told, world.wallMs(25));
  if (account.qr !== qr || qr.state === 'expired') return { body: 'window.code=400;' };
  if (qr.state === qr.told) return { body: 'window.code=408;' };
  qr.told = qr.state;
  if (qr.state === 'scanned') return { body: "window.code=201;window.userAvatar = 'data:img/jpg;base64,AA==';" };
  const page = 'https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage';
  return { body: `window.code=200;window.redirect_uri="${page}?ticket=${account.world.count()}&uuid=${uuid}&lang=zh_CN&scan=1";` };
};

/** webwxnewloginpage: the keys of a new login, or the reason why there is none. */
export const newLoginPage: Handler = ({ query }, { account, faults }) => {
  const { qr } = account;
  if (qr?.uuid !== query.get('uuid') || qr?.state !== 'confirmed') return page(`<ret>1</ret><message></message>`);
  qr.state = 'used';
  if (faults.refusal !== undefined) return page(`<ret>1203</ret><message>${faults.refusal}</message>`);
  const session = account.logIn();
  return page(keys(session), cookies(session));
};

function page(inner: string, cookie: string[] = []): Answer {
  return { status: 301, headers: { 'set-cookie': cookie, 'content-type': 'text/plain' }, body: `<error>${inner}</error>` };
}

function keys({ skey, sid, uin, ticket }: Session): string {
  const of = { ret: '0', message: '', skey, wxsid: sid, wxuin: uin, pass_ticket: ticket, isgrayscale: '1' };
  return Object.entries(of)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');
}

function cookies({ sid, uin, ticket }: Session): string[] {
  const of = { wxuin: uin, wxsid: sid, webwx_data_ticket: `data${ticket}`, webwx_auth_ticket: `auth${ticket}`, mm_lang: 'zh_CN' };
  return Object.entries(of).map(([name, value]) => `${name}=${value}; Domain=wx.qq.com; Path=/`);
}

/** webwxlogout: the client leaves by itself. */
export const logout: Handler = ({ query }, { account }) => {
  if (account.session?.skey === query.get('skey')) account.end();
  return { body: '' };
};
