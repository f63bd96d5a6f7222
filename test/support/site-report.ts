/** Reports something on the site of a community. @returns what is shown then */
export async function report(address: string, id: string, what: string, place: string): Promise<string> {
  const page = await (await fetch(`${address}/c/${id}/report`)).text();
  const body = new FormData();
  for (const [name, value] of Object.entries({ token: /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '', what, place }))
    body.set(name, value);
  return (await fetch(`${address}/c/${id}/report`, { method: 'POST', body })).text();
}
