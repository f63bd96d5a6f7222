/** The places of the highest of these, highest first; of equals the first comes first. */
export function highest(values: Float64Array, many: number): number[] {
  const places: number[] = [];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] ?? 0;
    if (places.length === many && value <= (values[places[many - 1] ?? 0] ?? 0)) continue;
    let place = Math.min(places.length, many - 1);
    for (; place > 0 && value > (values[places[place - 1] ?? 0] ?? 0); place--) places[place] = places[place - 1] ?? 0;
    places[place] = at;
  }
  return places;
}
