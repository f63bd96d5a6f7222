import type { Client } from './client.ts';

/**
 * The address in a permanent QR code of the account: whoever scans it follows the account, or finds it again, and the desk is told the scene. The same
 * scene may be asked for again: an account has 100,000 permanent codes.
 * @param scene 1 to 64 characters
 * @throws ApiError
 */
export async function sceneAddress(client: Client, scene: string): Promise<string> {
  const { url } = await client.post('/cgi-bin/qrcode/create', {
    action_name: 'QR_LIMIT_STR_SCENE',
    action_info: { scene: { scene_str: scene } },
  });
  return String(url);
}
