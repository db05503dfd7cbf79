import { pdfDate, pdfNumbers, pdfText, reference } from './syntax.ts';

/** What a document says of itself; all of it from the record, so that the same record gives the same bytes. */
export type DocumentInfo = {
  readonly title: string;
  readonly author: string;
  readonly creator: string;
  readonly createdAt: Date;
  readonly language: string;
  /** 32 hex digits that name this document. */
  readonly fileId: string;
};

/** Makes a stream smaller in the zlib format. The same bytes give the same bytes. */
export type Deflate = (bytes: Uint8Array) => Uint8Array;

export type PageSize = { readonly widthPt: number; readonly heightPt: number };

type Chunk = string | Uint8Array;

const HEADER = '%PDF-1.6\n%\u00E2\u00E3\u00CF\u00D3\n';
const CATALOG = 1;
const PAGES = 2;
const INFO = 3;
const RESOURCES = 4;
const FIRST_FREE = 5;

/** A viewer looks for a page in a tree: lists of a hundred thousand are slow to open. Source: ISO 32000-1 §7.7.3.1 */
const PAGES_PER_NODE = 500;
/** Below this the words that say how a stream is packed are longer than what packing saves. */
const DEFLATE_FROM_BYTES = 200;

type PageNode = { readonly id: number; readonly pages: number[] };

/**
 * Writes a PDF object by object: a caller sends each chunk on before it asks for the next, and only an object's
 * place in the file (one number) is remembered. Source: ISO 32000-1 §7.5.
 *
 * Every page shares one resource dictionary, which is written last, once everything that it names is known.
 */
export class PdfDocument {
  readonly #info: DocumentInfo;
  readonly #offsets: number[] = [];
  readonly #nodes: PageNode[] = [];
  readonly #deflate: Deflate | null;
  #length = 0;
  #next = FIRST_FREE;

  /** @param deflate packs every stream that it makes smaller; without it streams stay readable */
  constructor(info: DocumentInfo, deflate: Deflate | null = null) {
    this.#info = info;
    this.#deflate = deflate;
  }

  /** A number for an object that is written later. */
  reserve(): number {
    const id = this.#next;
    this.#next += 1;
    return id;
  }

  start(): Buffer {
    return this.#count([Buffer.from(HEADER, 'latin1')]);
  }

  object(id: number, body: string): Buffer {
    return this.#object(id, [body]);
  }

  /** @param entries the dictionary's entries besides `/Length` and `/Filter` */
  stream(id: number, entries: string, content: Chunk): Buffer {
    const plain = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
    const packed = this.#deflate === null || plain.length < DEFLATE_FROM_BYTES ? plain : this.#deflate(plain);
    const filter = packed === plain ? '' : ' /Filter /FlateDecode';
    const head = `<< ${entries}${filter} /Length ${packed.length} >>\nstream\n`;
    return this.#object(id, [head, packed, '\nendstream']);
  }

  page({ widthPt, heightPt }: PageSize, content: Chunk): Buffer {
    const [page, stream] = [this.reserve(), this.reserve()];
    const node = this.#node();
    node.pages.push(page);
    const box = `[0 0 ${pdfNumbers(widthPt, heightPt)}]`;
    const body =
      `<< /Type /Page /Parent ${reference(node.id)} /MediaBox ${box}` +
      ` /Resources ${reference(RESOURCES)} /Contents ${reference(stream)} >>`;
    return Buffer.concat([this.object(page, body), this.stream(stream, '', content)]);
  }

  #node(): PageNode {
    const last = this.#nodes.at(-1);
    if (last !== undefined && last.pages.length < PAGES_PER_NODE) return last;
    const node = { id: this.reserve(), pages: [] };
    this.#nodes.push(node);
    return node;
  }

  #pageTree(): readonly Buffer[] {
    const nodes = this.#nodes.map(({ id, pages }) => {
      const kids = pages.map(reference).join(' ');
      return this.object(
        id,
        `<< /Type /Pages /Parent ${reference(PAGES)} /Count ${pages.length} /Kids [${kids}] >>`,
      );
    });
    const count = this.#nodes.reduce((sum, { pages }) => sum + pages.length, 0);
    const kids = this.#nodes.map(({ id }) => reference(id)).join(' ');
    return [...nodes, this.object(PAGES, `<< /Type /Pages /Count ${count} /Kids [${kids}] >>`)];
  }

  /** @param resources the entries of the dictionary that all pages share: `/Font << … >> /XObject << … >>` */
  end(resources: string): Buffer {
    const { title, author, creator, createdAt, language, fileId } = this.#info;
    const parts = [
      ...this.#pageTree(),
      this.object(RESOURCES, `<< ${resources} >>`),
      this.object(
        INFO,
        `<< /Title ${pdfText(title)} /Author ${pdfText(author)} /Creator ${pdfText(creator)}` +
          ` /Producer ${pdfText(creator)} /CreationDate ${pdfDate(createdAt)} >>`,
      ),
      // A viewer that fits the page to the paper would move every label: it is told not to.
      this.object(
        CATALOG,
        `<< /Type /Catalog /Pages ${reference(PAGES)} /Lang ${pdfText(language)}` +
          ' /ViewerPreferences << /PrintScaling /None /DisplayDocTitle true >> >>',
      ),
    ];
    const at = this.#length;
    const lines = Array.from({ length: this.#next - 1 }, (_, index) => this.#crossReference(index + 1));
    const table = `xref\n0 ${this.#next}\n0000000000 65535 f \n${lines.join('')}`;
    const trailer =
      `trailer\n<< /Size ${this.#next} /Root ${reference(CATALOG)} /Info ${reference(INFO)}` +
      ` /ID [<${fileId}> <${fileId}>] >>\nstartxref\n${at}\n%%EOF\n`;
    return Buffer.concat([...parts, Buffer.from(table + trailer, 'latin1')]);
  }

  #crossReference(id: number): string {
    const offset = this.#offsets[id];
    if (offset === undefined) throw new RangeError(`Object ${id} was reserved and never written`);
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  }

  #object(id: number, parts: readonly Chunk[]): Buffer {
    this.#offsets[id] = this.#length;
    return this.#count([`${id} 0 obj\n`, ...parts, '\nendobj\n']);
  }

  #count(parts: readonly Chunk[]): Buffer {
    const bytes = Buffer.concat(
      parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
    );
    this.#length += bytes.length;
    return bytes;
  }
}
