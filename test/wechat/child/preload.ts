// Loaded into a child before anything else: nothing in it reaches a network but the emulated server, and its clock runs fast.
import { confineNetwork } from './network.ts';
import { quicken } from './time.ts';

const { WEB_WECHAT_SERVER, WEB_WECHAT_CLOCK } = process.env;
confineNetwork(WEB_WECHAT_SERVER ?? '');
if (WEB_WECHAT_CLOCK) quicken(JSON.parse(WEB_WECHAT_CLOCK));

// It shall not outlive the test that started it, nor be kept alive by the line to it.
process.once('disconnect', () => process.exit());
process.channel?.unref();
