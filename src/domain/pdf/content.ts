const START_BYTES = 64 * 1024;
const DIGIT_0 = 48;
const SPACE = 32;
const [LETTER_R, LETTER_E, NEW_LINE] = [114, 101, 10];
/** Four numbers of at most two digits with their spaces, ` re` and the end of the line. */
const RECTANGLE_BYTES = 16;

/** A page's operators, written as bytes: a sheet of symbols is some ten thousand short numbers. */
export class PageContent {
  #bytes = Buffer.allocUnsafe(START_BYTES);
  #length = 0;

  /** Operators in ASCII, a line of their own. */
  line(operators: string): void {
    this.#reserve(operators.length + 1);
    this.#length += this.#bytes.write(operators, this.#length, 'latin1');
    this.#bytes[this.#length] = NEW_LINE;
    this.#length += 1;
  }

  /** `x y width height re` for every four of the numbers, which are whole and from 0 to 99. */
  rectangles(numbers: readonly number[]): void {
    this.#reserve((numbers.length / 4) * RECTANGLE_BYTES);
    for (let next = 0; next < numbers.length; next += 4) {
      for (let side = 0; side < 4; side += 1) this.#number(numbers[next + side] as number);
      const at = this.#length;
      this.#bytes[at] = LETTER_R;
      this.#bytes[at + 1] = LETTER_E;
      this.#bytes[at + 2] = NEW_LINE;
      this.#length = at + 3;
    }
  }

  /** What was written since the last call; good until something is written again. */
  take(): Buffer {
    const written = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return written;
  }

  #number(value: number): void {
    let at = this.#length;
    if (value >= 10) {
      const tens = Math.floor(value / 10);
      this.#bytes[at] = DIGIT_0 + tens;
      this.#bytes[at + 1] = DIGIT_0 + value - 10 * tens;
      at += 2;
    } else {
      this.#bytes[at] = DIGIT_0 + value;
      at += 1;
    }
    this.#bytes[at] = SPACE;
    this.#length = at + 1;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#length + more));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
