/** What the bench uses of pdfkit, which has no types of its own. */
declare module 'pdfkit' {
  import type { Readable } from 'node:stream';

  export default class PDFDocument extends Readable {
    constructor(options: {
      readonly size: readonly [number, number];
      readonly margin: number;
      readonly compress?: boolean;
    });
    addPage(): this;
    rect(x: number, y: number, width: number, height: number): this;
    fill(colour: string): this;
    font(file: string): this;
    fontSize(points: number): this;
    text(text: string, x: number, y: number, options?: { readonly lineBreak: boolean }): this;
    end(): void;
  }
}
