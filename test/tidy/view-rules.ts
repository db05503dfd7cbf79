import { modelOf } from '../../scripts/typecheck-views.ts';
import { isView, matchingLines, type Rule, type SourceFile } from './rule.ts';

/** What may be printed as markup: an included view, a page inside its layout, a map or drawing made by us. */
const RAW_ALLOWED =
  /<%~ (include\(|it\.body %>|(it\.|it\.province\.|province\.)?(map|drawing|qr|symbol|preview) %>)/;

const isOutside = (text: string): boolean => /(?:src|srcset|href|action)="(?:https?:)?\/\//.test(text);

/** The markup without its template code, so that an attribute's value is seen as it is written. */
function markup({ text }: SourceFile): string {
  return text.replace(/<%[\s\S]*?%>/g, (code) => code.replace(/[^\n]/g, '¤'));
}

/** Rules of the templates; what they show is checked by the gallery's tests. */
export const viewRules: readonly Rule[] = [
  {
    name: 'names its model in its first comment',
    applies: isView,
    find: ({ text }) => (modelOf(text) === null ? ['no model'] : []),
    counterExample: { path: 'views/a/page.eta', text: '<%/* A page. */%>\n<p>' },
  },
  {
    name: 'prints markup only of views and drawings of ours',
    applies: isView,
    find: (file) =>
      file.text
        .split('\n')
        .flatMap((line, index) =>
          (line.match(/<%~[\s\S]*?(?:%>|$)/g) ?? [])
            .filter((raw) => !RAW_ALLOWED.test(raw))
            .map((raw) => `${index + 1}: ${raw}`),
        ),
    counterExample: { path: 'views/a/page.eta', text: '<p><%~ it.product.description %></p>' },
  },
  {
    name: 'quotes every attribute',
    applies: isView,
    find: (file) =>
      matchingLines(
        { ...file, text: markup(file).replace(/="[^"\n]*"/g, '=""') },
        /<[a-z][^>]*\s[a-z-]+=(?!")/,
      ),
    counterExample: { path: 'views/a/page.eta', text: '<a href=<%= it.url %>>' },
  },
  {
    name: 'has no style, script or handler of its own in the page',
    applies: isView,
    find: (file) =>
      matchingLines({ ...file, text: markup(file) }, /\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)/),
    counterExample: { path: 'views/a/page.eta', text: '<p onclick="go()">' },
  },
  {
    name: 'asks no other host for anything',
    applies: isView,
    find: (file) => (isOutside(file.text) ? ['an address of another host'] : []),
    counterExample: { path: 'views/a/page.eta', text: '<img src="https://example.org/a.png">' },
  },
  {
    name: 'leaves dates, sums and look-ups to page.ts',
    applies: isView,
    find: (file) => matchingLines(file, /<%[^%]*(new Date|Intl\.|\.toLocale|\.find\(|\.reduce\(|\bMath\.)/),
    counterExample: { path: 'views/a/page.eta', text: '<%= new Date(it.at).toLocaleString() %>' },
  },
  {
    name: 'gives each form that changes something the token against forgery',
    applies: (path) => isView(path),
    find: ({ text }) => {
      const posts = text.match(/<form[^>]*method="post"[\s\S]*?<\/form>/g) ?? [];
      return posts.filter((form) => !form.includes('name="csrfToken"')).map(() => 'a form without csrfToken');
    },
    counterExample: { path: 'views/a/page.eta', text: '<form method="post" action="/x"></form>' },
  },
];
