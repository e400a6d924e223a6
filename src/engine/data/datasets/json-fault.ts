/** What is wrong with a JSON text, and where: an index into it. */
export interface JsonFault {
  at: number;
  found: string;
}

export const unclosed = 'a text begins here and never closes';
const space = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /[\p{L}\p{N}_+-][^\s,:"{}[\]]*/uy;

/**
 * The first fault of a JSON text (RFC 8259); null where it has none. `JSON.parse` refuses in other words in every browser, and most of them
 * don't say where. Called only once it has refused, on a text that is nested no more than 64 deep.
 */
export function jsonFault(text: string): JsonFault | null {
  const finder = new FaultFinder(text);
  return finder.value() ?? finder.end();
}

class FaultFinder {
  private at = 0;

  constructor(private readonly text: string) {}

  value(): JsonFault | null {
    const c = this.next();
    if (c === '{') return this.members('}', () => this.member());
    if (c === '[') return this.members(']', () => this.value());
    if (c === '"') return this.string();
    for (const literal of ['true', 'false', 'null']) {
      if (this.text.startsWith(literal, this.at)) {
        this.at += literal.length;
        return null;
      }
    }
    const length = this.match(number).length;
    const rest = this.match(word);
    if (length > 0 && rest.length <= length) {
      this.at += length;
      return null;
    }
    return this.fault(rest === '' ? `${this.here()} where a value should stand` : `${JSON.stringify(rest.slice(0, 30))} is no JSON value`);
  }

  end(): JsonFault | null {
    return this.next() === '' ? null : this.fault(`${this.here()} behind the end of the value`);
  }

  private members(close: string, member: () => JsonFault | null): JsonFault | null {
    this.at++;
    if (this.next() === close) {
      this.at++;
      return null;
    }
    for (;;) {
      const fault = member();
      if (fault) return fault;
      const c = this.next();
      if (c !== ',' && c !== close) return this.fault(`${this.here()} where a comma or ${close} should stand`);
      this.at++;
      if (c === close) return null;
      if (this.next() === close) return this.fault(`${close} behind a comma, where another value should stand`);
    }
  }

  private member(): JsonFault | null {
    if (this.next() !== '"') return this.fault(`${this.here()} where a name in quotation marks should stand`);
    const fault = this.string();
    if (fault) return fault;
    if (this.next() !== ':') return this.fault(`${this.here()} where a colon should stand`);
    this.at++;
    return this.value();
  }

  private string(): JsonFault | null {
    const opened = this.at;
    for (this.at++; this.at < this.text.length; this.at++) {
      const c = this.text[this.at];
      if (c === '"') {
        this.at++;
        return null;
      }
      if (c < ' ') return this.fault(c === '\n' ? 'the line ends inside a text' : 'a control character inside a text');
      if (c !== '\\') continue;
      this.at++;
      const escaped = this.text[this.at] ?? '';
      if (escaped === 'u' ? !/^[\da-fA-F]{4}$/.test(this.text.slice(this.at + 1, this.at + 5)) : !'"\\/bfnrt'.includes(escaped))
        return this.fault('a backslash that escapes nothing');
    }
    this.at = opened;
    return this.fault(unclosed);
  }

  private next(): string {
    this.at += this.match(space).length;
    return this.text[this.at] ?? '';
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0] ?? '';
  }

  private here(): string {
    const c = this.text.codePointAt(this.at);
    return c === undefined ? 'the end' : JSON.stringify(String.fromCodePoint(c));
  }

  private fault(found: string): JsonFault {
    return { at: this.at, found };
  }
}
