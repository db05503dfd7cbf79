import { row, type Row } from './row.ts';

/** What ends the other sign-ins of whoever asks: after all the rest, each time in a sign-in of its own. */
export const endingRows: readonly Row[] = [
  row('POST /api/v1/me/sessions/end-others', '401 ok ok ok ok ok ok ok ok', () => ({
    path: '/api/v1/me/sessions/end-others',
  })),
  row('POST /manage/more/sessions', '401 ok ok ok ok ok ok ok ok', () => ({
    path: '/manage/more/sessions',
    form: {},
  })),
];
