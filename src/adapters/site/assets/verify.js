/* Reckons a proof anew, in the browser: that a case was in the figures of a day as it says. Nothing is sent. Written for the browsers of 2016. */
(() => {
  /* SHA-256 (FIPS 180-4) of a text in UTF-8, in hexadecimal. By hand, since browsers have theirs over https only. */
  const primes = [];
  for (let candidate = 2; primes.length < 64; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  function fraction(root) {
    return ((root - Math.floor(root)) * 4294967296) | 0;
  }
  const start = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
  const rounds = primes.map((prime) => fraction(Math.pow(prime, 1 / 3)));

  function turned(word, by) {
    return (word >>> by) | (word << (32 - by));
  }

  function blocksOf(text) {
    const bytes = unescape(encodeURIComponent(text));
    const words = [];
    let index;
    for (index = 0; index < bytes.length; index += 1) words[index >> 2] |= bytes.charCodeAt(index) << (24 - 8 * (index % 4));
    words[bytes.length >> 2] |= 128 << (24 - 8 * (bytes.length % 4));
    const size = (((bytes.length + 8) >> 6) + 1) * 16;
    words[size - 1] = bytes.length * 8;
    for (index = 0; index < size; index += 1) words[index] |= 0;
    return words;
  }

  function mixed(state, words, at) {
    const schedule = words.slice(at, at + 16);
    let [a, b, c, d, e, f, g, h] = state;
    for (let round = 0; round < 64; round += 1) {
      if (round >= 16) {
        const early = schedule[round - 15];
        const late = schedule[round - 2];
        schedule[round] =
          (schedule[round - 16] +
            (turned(early, 7) ^ turned(early, 18) ^ (early >>> 3)) +
            schedule[round - 7] +
            (turned(late, 17) ^ turned(late, 19) ^ (late >>> 10))) |
          0;
      }
      const first = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + rounds[round] + schedule[round]) | 0;
      const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + second) | 0;
    }
    return [a, b, c, d, e, f, g, h].map((value, index) => (value + state[index]) | 0);
  }

  function digest(text) {
    const words = blocksOf(text);
    let state = start;
    for (let at = 0; at < words.length; at += 16) state = mixed(state, words, at);
    return state.map((word) => `0000000${(word >>> 0).toString(16)}`.slice(-8)).join('');
  }

  function added(left, right) {
    return left.map((count, index) => count + right[index]);
  }

  function nodeOf(left, right) {
    const text = JSON.stringify([left.hash, left.counts, right.hash, right.counts]);
    return { hash: digest(`\u0001${text}`), counts: added(left.counts, right.counts) };
  }

  function isCount(count) {
    return typeof count === 'number' && count >= 0 && count <= 9007199254740991 && Math.floor(count) === count;
  }

  /* Whether the path of a proof leads from its leaf to the root of the tree, hashes and counts alike (RFC 9162, 2.1.3.2). */
  function leadsTo(leaf, proof, root) {
    let last = root.counts[0] - 1;
    let at = proof.index;
    let sum = leaf;
    const whole = [leaf, root]
      .concat(proof.beside)
      .every((each) => each.counts.length === root.counts.length && each.counts.every(isCount));
    if (!whole || leaf.counts[0] !== 1 || !isCount(at) || at > last) return false;
    for (let step = 0; step < proof.beside.length; step += 1) {
      if (last === 0) return false;
      if (at % 2 === 1 || at === last) {
        sum = nodeOf(proof.beside[step], sum);
        while (at % 2 === 0 && at !== 0) {
          at = Math.floor(at / 2);
          last = Math.floor(last / 2);
        }
      } else sum = nodeOf(sum, proof.beside[step]);
      at = Math.floor(at / 2);
      last = Math.floor(last / 2);
    }
    return last === 0 && sum.hash === root.hash && String(sum.counts) === String(root.counts);
  }

  /* '' when all fits; 'tree' or 'seal' where it does not; 'unread' when it is no proof. */
  function checked(text) {
    try {
      const proof = JSON.parse(text);
      if (!proof.day || !proof.beside || !proof.counts) return 'unread';
      const leaf = { hash: digest(`\u0000${JSON.stringify([proof.salt, proof.text, proof.counts])}`), counts: proof.counts };
      const day = proof.day;
      if ((proof.tree !== 'open' && proof.tree !== 'discreet') || !leadsTo(leaf, proof, day[proof.tree])) return 'tree';
      let sealed = [day.id, day.at, day.from, day.to, day.before, day.open.hash, day.open.counts];
      sealed = sealed.concat([day.discreet.hash, day.discreet.counts, day.alarms.hash]);
      return digest(`\u0002${JSON.stringify(sealed)}`) === day.seal ? '' : 'seal';
    } catch (_) {
      return 'unread';
    }
  }

  /* What is said of a proof stands in the page, in the attributes of where it is said. */
  function tell(form) {
    const text = form.querySelector('textarea').value;
    const place = document.querySelector('[data-verified]');
    const wrong = checked(text);
    const published = wrong === '' && document.querySelector(`[data-published="${JSON.parse(text).day.seal}"]`);
    place.textContent = place.getAttribute(`data-${wrong !== '' ? wrong : published ? 'good' : 'unknown'}`);
    place.removeAttribute('hidden');
  }

  Array.prototype.forEach.call(document.querySelectorAll('form[data-verify]'), (form) => {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      tell(form);
    });
    if (form.querySelector('textarea').value !== '') tell(form);
  });
})();
