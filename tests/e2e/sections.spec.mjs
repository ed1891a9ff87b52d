// Every section of the card of one model, by the figures that its sources state.
import { Card } from './card.mjs';
import { expect, part, SUBJECT, tag, test } from './fixtures.mjs';

test.describe('header', () => {
  test('says what the model is called, whose it is, and since when', async ({ open, card }) => {
    await open({ body: part('header') });
    await expect(card.name).toHaveText('GPT-4o-mini (2024-07-18)');
    const header = card.root.locator('header');
    await expect(header).toContainText('OpenAI');
    await expect(header).toContainText('released Jul 18, 2024');
    await expect(header.getByRole('code')).toHaveText(SUBJECT);
  });

  test('decides by figures: stars, tier, prices, limits, modalities', async ({ open, card }) => {
    await open({ body: part('header') });
    await expect(card.root.getByRole('button', { name: /explain Speed$/ }).first()).toHaveAccessibleName(/^4 of 5 stars/);
    await expect(card.root.getByRole('button', { name: /explain Cost$/ }).first()).toHaveAccessibleName(/^\$\$, above \$0\.2, up to \$0\.5/);
    const header = card.root.locator('header');
    await expect(header).toContainText('$0.15 / $0.6');
    await expect(header).toContainText('128K / 16K');
    await expect(card.value('Modalities', header)).toContainText('Text, Image, File input, Text output');
  });

  test('copies the id', async ({ open, card, page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open({ body: part('header') });
    await card.root.getByRole('button', { name: 'Copy id' }).click();
    await expect(card.root.locator('header').getByRole('status')).toHaveText('Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(SUBJECT);
  });

  for (const timezoneId of ['America/Los_Angeles', 'Pacific/Kiritimati']) {
    test.describe(`in ${timezoneId}`, () => {
      test.use({ timezoneId });
      test('dates are those of their sources', async ({ open, card }) => {
        await open({ body: part('header specs siblings') });
        await expect(card.root.locator('header')).toContainText('released Jul 18, 2024');
        await expect(card.value('Released', card.section('specs'))).toHaveText('Jul 18, 2024');
        await expect(card.value('Knowledge cut-off')).toHaveText('Oct 2023');
        const released = await card.table('siblings').column('Released');
        expect(released.slice(0, 2)).toEqual(['Jun 10, 2025', 'May 16, 2025']);
      });
    });
  }

  test('marks a model that is no longer offered', async ({ open, card }) => {
    await open({ body: part('header', 'openai/gpt-3.5-turbo-1106') });
    await expect(card.name).toContainText('Unavailable');
  });
});

test.describe('description', () => {
  test('is drawn as a document', async ({ open, card }) => {
    await open({ body: part('header description') });
    const section = card.section('description');
    await expect(section.getByRole('emphasis')).toHaveText('small');
    await expect(section.getByRole('strong')).toHaveText('half');
    await expect(section.getByRole('listitem').filter({ hasText: 'keeps to a JSON schema' }).getByRole('code')).toHaveText('structured_outputs');
    await expect(section.getByRole('list', { name: 'Tags' }).getByRole('listitem')).toHaveText(['#multimodal', '#small', '#snapshot']);
  });

  test('a link to another model opens its card in place, with a way back', async ({ open, card, page, events }) => {
    const server = await open({ body: part('header description') });
    const address = page.url();
    await card.section('description').getByRole('button', { name: 'GPT-4o', exact: true }).click();
    await expect(card.name).toHaveText('GPT-4o');
    await expect(card.name).toBeFocused();
    expect(await card.root.evaluate((element) => [element.model, element.getAttribute('model')])).toEqual(['openai/gpt-4o', SUBJECT]);
    expect((await events('modelcard-change')).map((event) => event.detail)).toEqual([{ reason: 'model', model: 'openai/gpt-4o' }]);
    await card.back.click();
    await expect(card.name).toHaveText('GPT-4o-mini (2024-07-18)');
    await expect(card.back).toHaveCount(0);
    expect((await events('modelcard-change')).at(-1).detail).toEqual({ reason: 'model', model: SUBJECT });
    expect(page.url()).toBe(address);
    expect(server.count('/catalog.json')).toBe(1);
  });
});

test('specs: what is known, and nothing else', async ({ open, card }) => {
  await open({ body: part('specs') });
  const specs = card.section('specs');
  await expect(card.value('Author', specs)).toHaveText('OpenAI');
  await expect(card.value('Context length', specs)).toHaveText('128,000 tokens');
  await expect(card.value('Maximum output', specs)).toHaveText('16,384 tokens');
  await expect(card.value('Input', specs)).toHaveText('Text, Image, File');
  await expect(card.value('Output', specs)).toHaveText('Text');
  await expect(card.value('Tokenizer', specs)).toHaveText('GPT');
  await expect(specs.getByRole('term').filter({ hasText: 'Parameters' })).toHaveCount(0);
  await expect(specs).not.toContainText('—');
  for (const [name, href] of [
    ['Documentation', 'https://platform.openai.com/docs/models'],
    ['Pricing', 'https://platform.openai.com/docs/pricing'],
  ]) {
    await expect(specs.getByRole('link', { name })).toHaveAttribute('href', href);
  }
});

test('parameters: all fifteen, each with what it does', async ({ open, card }) => {
  await open({ body: part('parameters') });
  const section = card.section('parameters');
  await expect(section.getByRole('term')).toHaveText([
    'tools', 'tool_choice', 'max_tokens', 'temperature', 'top_p', 'stop', 'frequency_penalty', 'presence_penalty',
    'web_search_options', 'seed', 'logit_bias', 'logprobs', 'top_logprobs', 'response_format', 'structured_outputs',
  ]);
  const meanings = await section.getByRole('definition').allInnerTexts();
  expect(meanings).toHaveLength(15);
  expect(new Set(meanings).size).toBe(15);
  for (const meaning of meanings) expect(meaning).not.toMatch(/No explanation/);
  await expect(card.value('logprobs', section)).toContainText('likely');
});

test('features: what the source states, and what follows from its facts', async ({ open, card }) => {
  await open({ body: part('features') });
  const items = card.section('features').getByRole('listitem');
  await expect(items.filter({ hasText: /^Tool calling$/ })).toHaveCount(1);
  await expect(items.filter({ hasText: /^Structured output$/ })).toHaveCount(1);
  await expect(items.filter({ hasText: /^Prompt caching$/ })).toHaveCount(1);
  await expect(items.filter({ hasText: 'JSON mode' })).toContainText('follows from the parameter response_format');
  await expect(items.filter({ hasText: 'Log probabilities' })).toContainText('follows from the parameter logprobs');
});

test.describe('summary', () => {
  test('states the published percentiles and claims', async ({ open, card }) => {
    await open({ body: part('summary') });
    const section = card.section('summary');
    await expect(card.value('Speed', section)).toContainText('78th');
    await expect(card.value('Price', section)).toContainText('73rd');
    await expect(card.value('Reliability', section)).toContainText('100th');
    await expect(section).toContainText(/Ethics \(100 ?%, the most accurate at its price point and among models of similar speed\)/);
    await expect(section).toContainText(/Coding \(87 ?%\) it is the most accurate among models of similar speed/);
    await expect(section).toContainText(/weakest in Reasoning \(56 ?%\)/);
  });

  test('a percentile explains itself: rule, population, n, source', async ({ open, card }) => {
    await open({ body: part('summary') });
    const published = await card.explain('Reliability', card.section('summary'));
    await expect(published).toBeVisible();
    await expect(card.value('Value', published)).toContainText('100th percentile');
    await expect(card.value('Rule', published)).toHaveText(/\S/);
    await expect(card.value('Compared with', published)).toHaveText(/\S/);
    await expect(card.value('Source', published)).toHaveText(/\S/);
    await card.page.keyboard.press('Escape');
    await expect(card.explanation).toHaveCount(0);
    const computed = await card.explain('Ability', card.section('summary'));
    await expect(card.value('Rule', computed)).toContainText('percentile');
    await expect(card.value('n', computed)).toHaveText(/^\d+$/);
  });
});

test('pricing: today’s prices, and what they are per', async ({ open, card }) => {
  await open({ body: part('pricing') });
  const table = card.table('pricing');
  for (const [item, price] of [['Input', '$0.15'], ['Output', '$0.6'], ['Input, cache read', '$0.075']]) {
    const row = table.rows.filter({ has: card.page.getByRole('rowheader', { name: item, exact: true }) }).first();
    await expect(row.getByRole('cell').nth(0)).toHaveText(price);
    await expect(row.getByRole('cell').nth(1)).toHaveText('1M tokens');
  }
  await expect(card.section('pricing')).toContainText('batch');
  await expect(card.section('pricing').getByRole('link')).toHaveText('OpenRouter model list');
});

test.describe('history', () => {
  test('o3’s cut of June 10, 2025, as a chart and as a table', async ({ open, card }) => {
    await open({ body: part('history', 'openai/o3') });
    const section = card.section('history');
    const chart = section.getByRole('img');
    await expect(chart).toHaveAccessibleName(/Input now \$2, output now \$8/);
    await expect(chart).toHaveAccessibleName(/One change/);
    await section.getByText('As a table').click();
    const table = card.table('history');
    await expect(table.rows).toHaveCount(2);
    expect(await table.column('From')).toEqual(['Jun 10, 2025', 'Apr 16, 2025']);
    expect(await table.column('Input')).toEqual(['$2', '$10']);
    expect(await table.column('Output')).toEqual(['$8', '$40']);
  });

  test('a model whose price has not changed says so', async ({ open, card }) => {
    await open({ body: part('history') });
    await expect(card.section('history').getByRole('img')).toHaveAccessibleName(/Input now \$0\.15, output now \$0\.6\. No change known since Jul 18, 2024/);
  });
});

test.describe('endpoints', () => {
  test('who offers it, with which limits, at what price; the cheapest marked', async ({ open, card }) => {
    await open({ body: part('endpoints') });
    const table = card.table('endpoints');
    await expect(table.rows).toHaveCount(7);
    const azure = table.row(/^Azure$/);
    await expect(azure.getByRole('cell')).toHaveText([/^gpt-4o-mini-2024-07-18$/, '128K', '16K', '$0.165', '$0.66', '$0.075']);
    await expect(table.row('Venice AI')).toContainText('$0.1875');
    await expect(table.row(/cheapest/)).toHaveCount(3);
    await expect(table.row(/^OpenAI/)).toContainText('cheapest');
    await expect(table.row(/^Azure/).filter({ hasText: 'cheapest' })).toHaveCount(0);
    await expect(card.section('endpoints')).toContainText('7 providers');
  });

  test('sort by every column, announced by aria-sort, unknown last both ways', async ({ open, card }) => {
    await open({ body: part('endpoints') });
    const table = card.table('endpoints');
    await expect(table.heading('Input')).toHaveAttribute('aria-sort', 'ascending');
    const amount = (text) => (text.startsWith('$') ? Number(text.slice(1)) : null);
    for (const heading of ['Input', 'Output', 'Cache read']) {
      for (let press = 0; press < 2; press += 1) {
        await table.sort(heading);
        const direction = await table.heading(heading).getAttribute('aria-sort');
        const amounts = (await table.column(heading)).map(amount);
        const known = amounts.filter((value) => value !== null);
        const sign = direction === 'ascending' ? 1 : -1;
        expect(known, `${heading} ${direction}`).toEqual([...known].sort((a, b) => sign * (a - b)));
        // Kilo Gateway states no cache price: it has no place among those that do.
        expect(amounts.slice(known.length).every((value) => value === null), `${heading} ${direction}`).toBe(true);
      }
    }
    await expect(table.root.locator('[aria-sort]')).toHaveCount(1);
    await table.sort('Provider');
    await expect(table.heading('Provider')).toHaveAttribute('aria-sort', 'ascending');
    const providers = (await table.column('Provider')).map((text) => text.split('\n')[0].replace(/ cheapest$/, ''));
    expect(providers).toEqual(['Azure', 'Azure (EU)', 'Azure (US)', 'Kilo Gateway', 'OpenAI', 'OpenRouter', 'Venice AI']);
  });
});

test('benchmarks: the published accuracies, the best first', async ({ open, card }) => {
  await open({ body: part('benchmarks') });
  const table = card.table('benchmarks');
  for (const [name, accuracy] of [
    ['Ethics', '100.0%'], ['General Knowledge', '99.0%'], ['Email Classification', '98.0%'],
    ['Coding', '87.0%'], ['Instruction Following', '61.0%'], ['Reasoning', '56.0%'],
  ]) {
    await expect(table.row(name)).toContainText(accuracy);
    await expect(table.row(name)).toContainText('Baseline');
  }
  await expect(table.heading('Accuracy')).toHaveAttribute('aria-sort', 'descending');
  expect(await table.column('Accuracy')).toEqual(['100.0%', '99.0%', '98.0%', '87.0%', '61.0%', '56.0%', '3.6%']);
  await table.sort('Accuracy');
  expect((await table.column('Accuracy'))[0]).toBe('3.6%');
  await table.sort('Cost');
  expect((await table.column('Cost'))[0]).toBe('$0.324');
  await table.sort('Cost');
  expect((await table.column('Cost'))[0], 'unknown costs come last both ways').toBe('$0.324');
});

test.describe('siblings', () => {
  test('all 37, as their source lists them', async ({ open, card }) => {
    await open({ body: part('header siblings') });
    const table = card.table('siblings');
    await expect(table.rows).toHaveCount(37);
    await expect(card.section('siblings')).toContainText('37 models');
    expect(await table.record(/^GPT-4\.1 Mini$/)).toMatchObject({
      Released: 'Apr 14, 2025', Params: '~300B', Context: '1M', Modalities: expect.stringMatching(/Image.*input/),
      Input: '$0.4', Output: '$1.6', Speed: expect.stringMatching(/4 of 5 stars/), Ability: expect.stringMatching(/4 of 5 stars/),
      Cost: expect.stringMatching(/\$\$\$, /),
    });
    await expect(table.rows.filter({ hasText: 'Unavailable' })).not.toHaveCount(0);
    await expect(table.row(/^o1-preview/).first()).toContainText('Unavailable');
  });

  test('no rating is not the lowest rating', async ({ open, card }) => {
    await open({ body: part('header siblings') });
    const table = card.table('siblings');
    for (const name of [/^o3$/, /^o3 Pro$/]) {
      const { Speed, Ability } = await table.record(name);
      for (const rating of [Speed, Ability]) {
        expect(rating).toContain('—');
        expect(rating).not.toContain('star');
      }
    }
    expect((await table.record(/^o1-pro$/)).Speed).toContain('1 of 5 stars');
  });

  test('two models of one name are two models', async ({ open, card }) => {
    await open({ body: part('header siblings') });
    const rows = card.table('siblings').row(/^GPT-3\.5 Turbo 16k( Unavailable)?$/);
    await expect(rows).toHaveCount(2);
    const names = [];
    for (const at of [0, 1]) {
      await rows.nth(at).getByRole('button').first().click();
      await expect(card.back).toBeVisible();
      names.push(await card.root.locator('header').getByRole('code').innerText());
      await card.back.click();
      await expect(card.back).toHaveCount(0);
    }
    expect(names.sort()).toEqual(['openai/gpt-3.5-turbo-0125', 'openai/gpt-3.5-turbo-16k']);
  });

  test('the filter finds by name, id and modality, and says how many', async ({ open, card, events }) => {
    await open({ body: part('header siblings') });
    const section = card.section('siblings');
    const filter = section.getByRole('searchbox', { name: /^Filter/ });
    const table = card.table('siblings');
    await filter.fill('mini');
    await expect(section.getByRole('status').filter({ hasText: 'shown' })).toHaveText(/^\d+ of 37 shown$/);
    for (const name of await table.column('Name')) expect(name.toLowerCase()).toContain('mini');
    await filter.fill('gpt-4.1-nano');
    await expect(table.rows).toHaveCount(1);
    await filter.fill('IMAGE');
    for (const text of await table.column('Modalities')) expect(text).toContain('Image');
    await filter.fill('no such model');
    await expect(table.rows).toHaveCount(0);
    await filter.fill('');
    await expect(table.rows).toHaveCount(37);
    const change = (await events('modelcard-change'))[0];
    expect(change.detail).toEqual({ reason: 'filter', model: SUBJECT, filter: 'mini' });
  });

  const amounts = (text) => (/^\$[\d.]/.test(text) ? Number(text.slice(1)) : null);
  const sizes = (text) => {
    const [, number, unit] = /^~?([\d.]+)([KMBT]?)/.exec(text) ?? [];
    return number ? Number(number) * { '': 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 }[unit] : null;
  };
  const dates = (text) => Date.parse(`${text} UTC`);
  const stars = (text) => (/(\d) of 5/.exec(text) ? Number(/(\d) of 5/.exec(text)[1]) : null);
  const tiers = (text) => /^\+?\$+/.exec(text)[0].length;
  for (const [heading, read] of [
    ['Released', dates], ['Params', sizes], ['Context', sizes], ['Input', amounts], ['Output', amounts],
    ['Speed', stars], ['Ability', stars],
  ]) {
    test(`sort by ${heading}, unknown last both ways`, async ({ open, card, events }) => {
      await open({ body: part('header siblings') });
      const table = card.table('siblings');
      const seen = new Set();
      for (let press = 0; press < 2; press += 1) {
        await table.sort(heading);
        const direction = await table.heading(heading).getAttribute('aria-sort');
        seen.add(direction);
        const values = (await table.column(heading)).map(read);
        const known = values.filter((value) => value !== null);
        const sign = direction === 'ascending' ? 1 : -1;
        expect(known.length).toBeGreaterThan(20);
        expect(values.slice(0, known.length)).toEqual([...known].sort((a, b) => sign * (a - b)));
        expect(values).toHaveLength(37);
      }
      expect([...seen].sort()).toEqual(['ascending', 'descending']);
      expect((await events('modelcard-change')).at(-1).detail).toMatchObject({ reason: 'sort', sort: expect.stringMatching(/^siblings/) });
    });
  }

  test('sort by name and by cost tier', async ({ open, card }) => {
    await open({ body: part('header siblings') });
    const table = card.table('siblings');
    await table.sort('Name');
    const names = (await table.column('Name')).map((text) => text.split('\n')[0].replace(/ ?Unavailable$/, '').toLowerCase());
    expect(names[0]).toBe('chatgpt-4o');
    expect(names.at(-1)).toMatch(/^o4/);
    await table.sort('Cost');
    const cells = table.rows.getByRole('button', { name: /explain Cost$/ });
    const spoken = async () => (await cells.evaluateAll((buttons) => buttons.map((button) => button.querySelector('.unseen').textContent))).map(tiers);
    const first = await spoken();
    expect(first).toEqual([...first].sort((a, b) => a - b).reverse());
    await table.sort('Cost');
    const second = await spoken();
    expect(second).toEqual([...second].sort((a, b) => a - b));
  });

  test('choosing one shows its card in place; the attribute stays the author’s', async ({ open, card, events }) => {
    await open({ body: tag(SUBJECT, 'id="one"') });
    await card.table('siblings').row(/^GPT-4\.1 Nano$/).getByRole('button').first().click();
    await expect(card.name).toHaveText('GPT-4.1 Nano');
    await expect(card.back).toHaveAccessibleName('Back to GPT-4o-mini (2024-07-18)');
    expect(await card.root.evaluate((element) => [element.model, element.getAttribute('model')])).toEqual(['openai/gpt-4.1-nano', SUBJECT]);
    const changes = await events('modelcard-change');
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ target: 'one', bubbles: true, composed: true, plain: true });
    await card.back.click();
    await expect(card.name).toHaveText('GPT-4o-mini (2024-07-18)');
    expect(await card.root.evaluate((element) => element.model)).toBe(SUBJECT);
  });

  test('the published cost tier follows from the prices for 36 of 37', async ({ open, card, page }) => {
    await open({ body: tag(SUBJECT, 'sections="siblings"') });
    const table = card.table('siblings');
    await expect(table.rows).toHaveCount(37);
    const buttons = table.rows.getByRole('button', { name: /explain Cost$/ });
    await expect(buttons).toHaveCount(37);
    const ids = await table.rows.getByRole('rowheader').getByRole('button').evaluateAll((all) => all.map((button) => button.title));
    const apart = [];
    for (let at = 0; at < 37; at += 1) {
      await buttons.nth(at).click();
      const published = /^\+?\$+/.exec(await card.value('Value', card.explanation).innerText())[0];
      const computed = /^\+?\$+/.exec(await card.value('Computed here', card.explanation).innerText())[0];
      if (published !== computed) apart.push(`${ids[at]}: published ${published}, computed ${computed}`);
      await page.keyboard.press('Escape');
    }
    expect(apart).toEqual(['openai/gpt-3.5-turbo-1106: published $$$$$, computed $$$$']);
  });
});

test.describe('estimate', () => {
  test('what the chat workload costs, by request, day and month', async ({ open, card }) => {
    await open({ body: part('estimate') });
    const section = card.section('estimate');
    await expect(card.value('per month', section)).toHaveText('$9.45');
    await expect(card.value('per day', section)).toHaveText('$0.315');
    await expect(card.value('per request', section)).toHaveText('$0.000315');
  });

  test('the bill adds up', async ({ open, card, page }) => {
    await open({ body: part('estimate') });
    const section = card.section('estimate');
    await section.getByText('The bill of a request').click();
    const bill = section.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'Quantity' }) });
    // 600 fresh tokens at $0.15, 600 cached ones at $0.075, 300 out at $0.6.
    await expect(bill).toContainText('$0.00009');
    await expect(bill).toContainText('$0.000045');
    await expect(bill).toContainText('$0.00018');
  });

  test('typing changes the bill, digit by digit, without losing the field', async ({ open, card, events }) => {
    await open({ body: part('estimate') });
    const section = card.section('estimate');
    const input = section.getByRole('spinbutton', { name: 'Input tokens' });
    await input.focus();
    await input.press('ControlOrMeta+a');
    await input.pressSequentially('2400');
    await expect(input).toBeFocused();
    await expect(input).toHaveValue('2400');
    // 1200 × 0.15 + 1200 × 0.075 + 300 × 0.6 = 450 millionths a request.
    await expect(card.value('per request', section)).toHaveText('$0.00045');
    await expect(card.value('per month', section)).toHaveText('$13.50');
    const last = (await events('modelcard-change')).at(-1);
    expect(last.detail.reason).toBe('workload');
    expect(last.detail.workload).toMatch(/input=2400/);
    const cached = section.getByRole('spinbutton', { name: /cached/ });
    await cached.focus();
    await cached.press('ControlOrMeta+a');
    await cached.pressSequentially('12.5');
    await expect(cached).toHaveValue('12.5');
    expect((await events('modelcard-change')).at(-1).detail.workload).toMatch(/cached=0\.125/);
  });

  test('a field can be emptied and filled again', async ({ open, card }) => {
    await open({ body: part('estimate') });
    const section = card.section('estimate');
    const output = section.getByRole('spinbutton', { name: 'Output tokens' });
    await output.focus();
    for (const key of ['End', 'Backspace', 'Backspace', 'Backspace']) await output.press(key);
    await expect(output).toHaveValue('');
    await output.pressSequentially('600');
    await expect(output).toHaveValue('600');
    await expect(card.value('per request', section)).toHaveText('$0.000495');
  });

  test('three rivals stand beside the model', async ({ open, card, page }) => {
    await open({ body: part('estimate') });
    const rivals = card.section('estimate').getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'Month' }) });
    const rows = rivals.getByRole('row').filter({ has: page.getByRole('rowheader') });
    await expect(rows).toHaveCount(4);
    await expect(rows.filter({ hasText: 'GPT-4o-mini (2024-07-18)' })).toContainText('$9.45');
    await expect(rows.getByRole('rowheader').getByRole('button')).toHaveCount(3);
  });

  test('a preset is a workload', async ({ open, card }) => {
    await open({ body: part('estimate') });
    const section = card.section('estimate');
    await section.getByRole('combobox', { name: 'Workload' }).selectOption('rag');
    await expect(section.getByRole('spinbutton', { name: 'Input tokens' })).toHaveValue('6000');
    await expect(section.getByRole('spinbutton', { name: /cached/ })).toHaveValue('20');
    // 4800 × 0.15 + 1200 × 0.075 + 400 × 0.6 = 1050 millionths.
    await expect(card.value('per request', section)).toHaveText('$0.00105');
  });

  test('the attribute states a workload', async ({ open, card }) => {
    await open({ body: tag(SUBJECT, 'workload="input=1000000 output=1000000 cached=0 requests=1/month"') });
    const section = card.section('estimate');
    await expect(card.value('per request', section)).toHaveText('$0.75');
    await expect(card.value('per month', section)).toHaveText('$0.75');
  });

  test('cards without a workload of their own share one; the others keep theirs', async ({ open, page }) => {
    const sections = 'sections="estimate" loading="eager"';
    await open({ body: [tag(SUBJECT, `id="a" ${sections}`), tag('openai/o3', `id="b" ${sections}`), tag(SUBJECT, `id="c" ${sections} workload="rag"`)].join('') });
    const [a, b, c] = ['a', 'b', 'c'].map((id) => new Card(page, page.locator(`#${id}`)));
    await a.section('estimate').getByRole('spinbutton', { name: 'Output tokens' }).fill('0');
    await expect(b.section('estimate').getByRole('spinbutton', { name: 'Output tokens' })).toHaveValue('0');
    // 600 × $2 + 600 × $0.5 per million.
    await expect(b.value('per request')).toHaveText('$0.0015');
    await expect(c.section('estimate').getByRole('spinbutton', { name: 'Output tokens' })).toHaveValue('400');
    await c.section('estimate').getByRole('spinbutton', { name: 'Output tokens' }).fill('500');
    await expect(a.section('estimate').getByRole('spinbutton', { name: 'Output tokens' })).toHaveValue('0');
    expect(await page.locator('#c').getAttribute('workload')).toBe('rag');
    expect(await page.locator('#c').evaluate((element) => element.workload)).toMatch(/output=500/);
  });
});

test('speed: ★★★★ follows from the published percentile, and says so', async ({ open, card }) => {
  await open({ body: part('header') });
  const explanation = await card.explain('Speed', card.root.locator('header'));
  await expect(card.value('Value', explanation)).toContainText('78th percentile, as published');
  await expect(card.value('Rule', explanation)).toContainText('4 from the 60th');
  await expect(card.value('Compared with', explanation)).toHaveText(/\S/);
  await expect(card.value('Source', explanation)).toHaveText(/\S/);
  await expect(card.value('Computed here', explanation)).toHaveText(/\S/);
});

test('a computed rating explains its rule, its population and its n', async ({ open, card }) => {
  await open({ body: part('header', 'anthropic/claude-sonnet-4') });
  const explanation = await card.explain('Ability', card.root.locator('header'));
  await expect(card.value('Rule', explanation)).toContainText('5 stars from the 80th percentile');
  await expect(card.value('Rule', explanation)).toContainText('(n − 1)');
  await expect(card.value('Compared with', explanation)).toHaveText(/\S/);
  await expect(card.value('n', explanation)).toHaveText(/^\d+$/);
});

test('the footer names the catalog, its day and its licence', async ({ open, card }) => {
  await open({ body: part('header') });
  const footer = card.root.locator('footer');
  await expect(footer).toContainText('Modelcard default catalog');
  await expect(footer).toContainText('Aug 21, 2026');
  await expect(footer.getByRole('link', { name: 'CC0-1.0' })).toBeVisible();
  await footer.getByText('Sources').click();
  await expect(footer.getByRole('listitem').first()).toBeVisible();
});
