// A card as a reader finds it: by headings, captions, terms and names.

/** The headings of the sections, by their names in the attribute `sections`. */
const HEADINGS = {
  description: /^Description/,
  specs: /^Specifications/,
  parameters: /^Supported parameters/,
  features: /^Features/,
  summary: /^Performance/,
  pricing: /^Pricing/,
  history: /^Price history/,
  endpoints: /^Endpoints/,
  benchmarks: /^Benchmark results/,
  siblings: /^Other models by/,
  estimate: /^What it costs/,
};

/** A table, read by its headings. */
export class Table {
  constructor(page, root) {
    this.page = page;
    this.root = root;
    this.headings = root.getByRole('columnheader');
    /** The rows of the body: all rows whose first cell is a row header. */
    this.rows = root.getByRole('row').filter({ has: page.getByRole('rowheader') });
  }

  /** The row whose header contains this text. */
  row(text) {
    return this.rows.filter({ has: this.page.getByRole('rowheader', { name: text }) });
  }

  heading(text) {
    return this.root.getByRole('columnheader', { name: new RegExp(`^${text}`) });
  }

  /** The text of a column's cells as a reader sees them, from top to bottom. */
  async column(text) {
    await this.rows.first().waitFor();
    const names = await this.headings.allInnerTexts();
    const at = names.findIndex((name) => name.trim().startsWith(text));
    if (at < 0) throw new Error(`no column "${text}" among ${names.map((name) => name.trim()).join(', ')}`);
    return this.rows.evaluateAll((rows, at) => rows.map((row) => row.children[at].innerText.trim()), at);
  }

  /** The cells of one row, each under the first line of its column's heading. */
  async record(text) {
    const row = this.row(text);
    await row.waitFor();
    const names = (await this.headings.allInnerTexts()).map((name) => name.trim().split('\n')[0]);
    const cells = await row.evaluate((row) => [...row.children].map((cell) => cell.innerText.trim()));
    return Object.fromEntries(cells.map((cell, at) => [names[at], cell]));
  }

  /** Sorts by a column, by pressing the button in its heading. */
  async sort(text) {
    await this.heading(text).getByRole('button').click();
  }
}

export class Card {
  constructor(page, root) {
    this.page = page;
    this.root = root;
    this.name = root.getByRole('heading', { level: 2 });
    this.back = root.getByRole('button', { name: /^Back to/ });
    this.retry = root.getByRole('button', { name: /^(Try again|Reload widget|Retry)/ });
  }

  section(name) {
    return this.root.getByRole('region', { name: HEADINGS[name] }).and(this.root.locator('section'));
  }

  /** The value of a term, in a section or anywhere in the card. */
  value(term, within = this.root) {
    return within.getByRole('term').filter({ hasText: new RegExp(`^${term}$`) }).first().locator('xpath=following-sibling::dd[1]');
  }

  table(name) {
    return new Table(this.page, this.section(name).getByRole('table'));
  }

  /** Opens the explanation of a figure, and gives it. */
  async explain(label, within = this.root) {
    await within.getByRole('button', { name: new RegExp(`explain ${label}$`) }).first().click();
    return this.explanation;
  }

  get explanation() {
    return this.root.locator('[popover]:popover-open');
  }

  /** All text inside of the shadow root that is drawn. */
  text() {
    return this.root.evaluate((element) =>
      [...element.shadowRoot.children].map((child) => child.innerText ?? '').join('\n'),
    );
  }
}
