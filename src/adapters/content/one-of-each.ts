/**
 * Makes things of which only one is in memory while anybody holds it, however many communities want the same.
 * @returns gives the thing of a key; `make` is asked where nobody holds it, and may have none
 */
export function oneOfEach<T extends object>(): <Made extends T | undefined>(key: string, make: () => Made) => T | Made {
  const held = new Map<string, WeakRef<T>>();
  return (key, make) => {
    const there = held.get(key)?.deref();
    if (there) return there;
    for (const [other, reference] of held) if (reference.deref() === undefined) held.delete(other);
    const made = make();
    if (made) held.set(key, new WeakRef<T>(made));
    return made;
  };
}
