/** What a regular expression is made of, as far as its work is concerned. */
export type Part =
  /** One character out of a set. */
  | { readonly kind: 'set'; readonly source: string; readonly fits: (character: string) => boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly Part[] }
  | { readonly kind: 'choice'; readonly parts: readonly Part[] }
  | { readonly kind: 'repeat'; readonly part: Part; readonly least: number; readonly most: number; readonly lazy: boolean }
  | { readonly kind: 'group'; readonly part: Part; readonly name: string }
  | { readonly kind: 'look'; readonly part: Part; readonly behind: boolean; readonly not: boolean }
  /** A place between characters: ^ $ \b \B. */
  | { readonly kind: 'edge'; readonly source: string }
  /** What a group has caught, again. */
  | { readonly kind: 'again'; readonly name: string };

const escaped = /^\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|k<[^>]*>|[1-9]\d?|.)/su;
const bounds = /^\{(\d+)(?:(,)(\d*))?\}/;
const opening = /^\((?:\?(?:(?<behind><)?(?<look>[=!])|<(?<name>[^>]*)>|:))?/u;

/** Takes a regular expression apart. @throws where it has something that is not known here */
export function partsOf({ source, flags }: RegExp): Part {
  return new Reader(source, flags).whole();
}

class Reader {
  readonly #source: string;
  readonly #flags: string;
  #at = 0;
  #groups = 0;

  constructor(source: string, flags: string) {
    this.#source = source;
    this.#flags = flags.replace(/[gyd]/g, '');
  }

  whole(): Part {
    const part = this.#choice();
    if (this.#at < this.#source.length) throw new Error(`not understood: ${this.#rest()}`);
    return part;
  }

  #rest(): string {
    return this.#source.slice(this.#at);
  }

  #take(shape: RegExp): RegExpExecArray | undefined {
    const found = shape.exec(this.#rest()) ?? undefined;
    this.#at += found?.[0].length ?? 0;
    return found;
  }

  #choice(): Part {
    const parts = [this.#sequence()];
    while (this.#take(/^\|/)) parts.push(this.#sequence());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'choice', parts };
  }

  #sequence(): Part {
    const parts: Part[] = [];
    while (this.#at < this.#source.length && !/^[|)]/.test(this.#rest())) parts.push(this.#repeated(this.#one()));
    return { kind: 'sequence', parts };
  }

  #repeated(part: Part): Part {
    const sign = this.#take(/^[*+?]/)?.[0];
    const counted = sign === undefined ? this.#take(bounds) : undefined;
    if (sign === undefined && !counted) return part;
    const least = counted ? Number(counted[1]) : Number(sign === '+');
    const end = counted?.[3] ? Number(counted[3]) : Number.POSITIVE_INFINITY;
    const most = counted && !counted[2] ? least : sign === '?' ? 1 : end;
    return { kind: 'repeat', part, least, most, lazy: this.#take(/^\?/) !== undefined };
  }

  #one(): Part {
    const rest = this.#rest();
    if (rest.startsWith('(')) return this.#grouped();
    if (rest.startsWith('[')) return this.#set(this.#take(/^\[(?:\\.|[^\]\\])*\]/su)?.[0] ?? '');
    const edge = this.#take(/^(?:[$^]|\\[bB])/)?.[0];
    if (edge !== undefined) return { kind: 'edge', source: edge };
    const written = this.#take(rest.startsWith('\\') ? escaped : /^./su)?.[0] ?? '';
    const again = /^\\(?:k<([^>]*)>|([1-9]\d?))$/u.exec(written);
    return again ? { kind: 'again', name: again[1] ?? again[2] ?? '' } : this.#set(written);
  }

  #grouped(): Part {
    const { behind, look, name } = this.#take(opening)?.groups ?? {};
    const catches = look === undefined && !/\(\?:$/.test(this.#source.slice(0, this.#at));
    const number = catches ? String(++this.#groups) : '';
    const part = this.#choice();
    if (!this.#take(/^\)/)) throw new Error(`not closed: ${this.#rest()}`);
    if (look !== undefined) return { kind: 'look', part, behind: behind !== undefined, not: look === '!' };
    return catches ? { kind: 'group', part, name: name ?? number } : part;
  }

  #set(source: string): Part {
    const shape = new RegExp(`^${source}$`, this.#flags);
    const known = new Map<string, boolean>();
    const fits = (character: string): boolean => {
      const before = known.get(character);
      if (before !== undefined) return before;
      const does = shape.test(character);
      known.set(character, does);
      return does;
    };
    return { kind: 'set', source, fits };
  }
}
