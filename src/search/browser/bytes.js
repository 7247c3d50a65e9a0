// Bytes → numbers, texts, and lists of texts.

/** @param {Uint8Array} bytes */
export const text = (bytes) => new TextDecoder().decode(bytes);

/** @param {Uint8Array} bytes */
export const json = (bytes) => JSON.parse(text(bytes));

/** Reads values from bytes, one after the other. */
export class Reader {
  at = 0;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
  }

  /** A varint. */
  varint() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  /** @param {number} length */
  take(length) {
    const bytes = this.bytes.subarray(this.at, (this.at += length));
    if (bytes.length < length) throw new RangeError();
    return bytes;
  }

  text() {
    return text(this.take(this.varint()));
  }

  /** A front-coded list: each text begins with the length of the prefix that it shares with the one before. */
  forms() {
    let before = "";
    return this.text()
      .split("\n")
      .map((line) => (before = before.slice(0, line.charCodeAt(0) - 48) + line.slice(1)));
  }
}

/**
 * Reads numbers in Rice code, and single bits.
 *
 * @param {Uint8Array} bytes
 */
export function bitReader(bytes) {
  let at = 0;
  /** The next 25 bits, from the left. */
  const ahead = (n = at >> 3) => ((bytes[n] << 24) | (bytes[n + 1] << 16) | (bytes[n + 2] << 8) | bytes[n + 3]) << (at & 7);
  /** @param {number} count */
  const take = (count) => {
    const value = count && ahead() >>> (32 - count);
    if ((at += count) > bytes.length * 8) throw new RangeError();
    return value;
  };
  /** @param {number} k */
  const rice = (k) => {
    const quotient = Math.clz32(~ahead());
    at += Math.min(23, quotient) + 1;
    return quotient > 23 ? take(16) * 65536 + take(16) : quotient * 2 ** k + take(k);
  };
  return { take, rice };
}

/** The varints of a file. @param {Uint8Array} bytes */
export function numbersFile(bytes) {
  const numbers = [];
  for (const reader = new Reader(bytes); reader.at < bytes.length; ) numbers.push(reader.varint());
  return numbers;
}
