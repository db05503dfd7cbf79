import type { LoadedDemonstration } from './features/demonstration/index.ts';

export type BannerFacts = {
  /** Where a browser on this machine finds the server; without a slash at the end. */
  readonly base: string;
  /** A code of the demonstration whose page is worth a look; null where there is none. */
  readonly sampleCode: string | null;
  /** Whether there are demonstration accounts. */
  readonly demo: boolean;
  /** Set at the one start that made the accounts. */
  readonly loaded: LoadedDemonstration | null;
};

/** Both languages of one thing, and what it is. */
type Row = readonly [vi: string, en: string, value: string];

function table(rows: readonly Row[]): readonly string[] {
  const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length));
  return rows.map(([vi, en, value]) => `  ${vi.padEnd(width(0))}  ${en.padEnd(width(1))}  ${value}`);
}

function accountLines({ demo, loaded }: BannerFacts): readonly string[] {
  if (loaded === null) {
    return demo
      ? [
          '',
          '  Tài khoản minh họa có ở trang đăng nhập; mật khẩu đã in ở lần chạy đầu.',
          '  The sign-in page lists the demonstration accounts; passwords were printed at the first start.',
        ]
      : [];
  }
  const width = Math.max(...loaded.accounts.map(({ login }) => login.length));
  return [
    '',
    '  Tài khoản minh họa. Mật khẩu chỉ in lần này, xin chép lại.',
    '  Demonstration accounts. The passwords are printed this once; please note them.',
    ...loaded.accounts.map(
      ({ login, password, role }) => `    ${login.padEnd(width)}  ${password}  ${role.vi} / ${role.en}`,
    ),
    '',
    '  Mọi tổ chức, con người và số liệu ở đây đều là hư cấu.',
    '  Every organisation, person and figure in it is fictitious.',
  ];
}

/** What stands on the terminal once the server runs: where to look and how to sign in, in both languages. */
export function banner(facts: BannerFacts): readonly string[] {
  const { base, sampleCode } = facts;
  const rows: readonly Row[] = [
    ['Trang đầu', 'Home page', `${base}/`],
    ...(sampleCode === null ? [] : [['Xem một tem', 'A trace page', `${base}/${sampleCode}`] as const]),
    ['Đăng nhập', 'Sign in', `${base}/login`],
  ];
  return ['', '  Nguồn đang chạy. / Nguồn is running.', '', ...table(rows), ...accountLines(facts), ''];
}
