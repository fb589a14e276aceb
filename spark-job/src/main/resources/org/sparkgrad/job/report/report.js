'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const { summary, curves, coefficients, drift } = data;
  const SETS = ['train', 'validation', 'test'].filter(name => summary.metrics[name]);
  const BEST = ['test', 'validation', 'train'].find(name => SETS.includes(name));
  const NAMES = { train: 'training rows', validation: 'validation rows', test: 'test rows' };
  const MOST_CLASSES = 40;
  const charts = [];

  // --- Elements and numbers ---------------------------------------------------------------------------------------
  const element = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children.filter(child => child !== null && child !== undefined));
    return node;
  };
  const number = (value, digits = 5) => value === undefined || value === null ? '–'
    : Number.isInteger(value) ? value.toLocaleString('en')
    : value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e7) ? value.toExponential(2)
    : value.toLocaleString('en', { maximumSignificantDigits: digits });
  const percent = value => value === undefined || value === null ? '–' : (100 * value).toFixed(value < 0.9995 ? 1 : 2) + ' %';
  const seconds = value => value === undefined ? '–' : value < 100 ? value.toFixed(1) + ' s' : number(Math.round(value)) + ' s';
  const color = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

  const section = (id, title, note, ...children) => {
    const heading = element('h2', { id }, title);
    const node = element('section', { 'aria-labelledby': id }, heading, note ? element('p', { class: 'note' }, note) : null, ...children);
    document.getElementById('sections').append(node);
    return node;
  };
  const table = (head, rows, attributes = {}) => element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': attributes.label || 'Table' },
    element('table', attributes.class ? { class: attributes.class } : {}, attributes.caption ? element('caption', {}, attributes.caption) : null,
      head ? element('thead', {}, element('tr', {}, ...head.map(cell => element('th', { scope: 'col' }, cell)))) : null,
      element('tbody', {}, ...rows.map(row => element('tr', {}, ...row.map((cell, i) => cell instanceof Node ? cell
        : element(i === 0 ? 'th' : 'td', i === 0 ? { scope: 'row', class: 'wrap' } : {}, String(cell))))))));

  // --- Charts -----------------------------------------------------------------------------------------------------
  /** Draws lines {name, color, points: [{x, y}], dashed, dots}; the same numbers follow as a table. */
  const lines = (parent, title, x, y, sets, square) => {
    const legend = element('ul', { class: 'legend', 'aria-hidden': 'true' },
      ...sets.filter(set => !set.guide).map(set => element('li', { style: `--c: var(--${set.color})` }, element('i'), set.name)));
    const canvas = element('canvas', { role: 'img', 'aria-label': `${title}: ${y} over ${x}; the numbers are in the table below` });
    const numbers = element('details', {}, element('summary', {}, 'Numbers'));
    numbers.addEventListener('toggle', () => {
      if (numbers.open && numbers.children.length === 1) {
        sets.filter(set => !set.guide).forEach(set => numbers.append(
          element('p', { class: 'note' }, set.name), table([x, y], set.points.map(p => [number(p.x), number(p.y)]), { label: set.name })));
      }
    });
    parent.append(legend, element('div', { class: 'chart' }, canvas), numbers);
    const axis = (text, unit) => ({
      type: 'linear', ...(unit ? { min: 0, max: 1 } : {}), title: { display: true, text, color: color('muted') },
      ticks: { color: color('muted'), maxTicksLimit: 6, precision: unit ? undefined : 3 }, grid: { color: color('line') }, border: { color: color('line') },
    });
    const chart = new Chart(canvas, {
      type: 'line',
      data: {
        datasets: sets.map(set => ({
          label: set.name, data: set.points, clip: 6, borderWidth: set.guide ? 1 : 2, borderDash: set.guide ? [4, 4] : [],
          pointRadius: set.dots ? 4 : set.points.length === 1 ? 3 : 0, pointHitRadius: set.guide ? 0 : 8, sparkgradColor: set.color, tension: 0,
        })),
      },
      options: {
        animation: false, parsing: false, normalized: true, responsive: true, maintainAspectRatio: false,
        interaction: { mode: 'nearest', intersect: false },
        scales: { x: axis(x, square), y: axis(y, square) },
        plugins: {
          legend: { display: false },
          tooltip: { filter: item => !sets[item.datasetIndex].guide,
            callbacks: { title: () => '', label: item => `${item.dataset.label}: ${number(item.raw.x)}, ${number(item.raw.y)}` } },
        },
      },
    });
    charts.push(chart);
  };
  const paint = () => charts.forEach(chart => {
    chart.data.datasets.forEach(set => { set.borderColor = set.backgroundColor = set.pointBackgroundColor = color(set.sparkgradColor); });
    Object.values(chart.options.scales).forEach(scale => {
      scale.ticks.color = scale.title.color = color('muted');
      scale.grid.color = scale.border.color = color('line');
    });
    chart.update();
  });
  const diagonal = { name: 'guide', color: 'muted', guide: true, points: [{ x: 0, y: 0 }, { x: 1, y: 1 }] };
  const perSet = points => SETS.filter(name => curves[name]).map(name => ({ name: NAMES[name], color: name, points: points(curves[name]) }));

  // --- Sections ---------------------------------------------------------------------------------------------------
  const title = () => {
    const labels = summary.data.labels;
    const shown = labels.slice(0, 4).join(', ') + (labels.length > 4 ? ', …' : '');
    const name = data.run || summary.config.output || 'A training run';
    document.title = `${name} – sparkgrad report`;
    document.getElementById('title').textContent = name;
    document.getElementById('subtitle').textContent = `${number(summary.data.rows)} rows, ${number(summary.data.features)} features, ${labels.length} classes (${shown})`;
    const best = summary.metrics[BEST];
    [['Status', summary.status], ['Objective', number(summary.objective)], [`Accuracy, ${BEST}`, percent(best.accuracy)],
      [`Log loss, ${BEST}`, number(best.logLoss, 4)], ...(best.areaUnderROC === undefined ? [] : [[`Area under ROC, ${BEST}`, number(best.areaUnderROC, 4)]]),
      ['Steps', number(summary.steps)], ['Time', seconds(summary.seconds.total)]]
      .forEach(([name, value]) => document.getElementById('headline').append(element('li', {}, element('span', {}, name), element('strong', {}, value))));
  };

  const objective = () => {
    const byEpoch = summary.epochs !== undefined;
    const history = summary.objectiveHistory.map((y, x) => ({ x, y })).filter(p => p.y !== null);
    const validation = (curves && curves.validationHistory || []).map((y, x) => ({ x, y })).filter(p => p.y !== null);
    const node = section('objective', 'Objective', `Loss plus penalty at the start and after each ${byEpoch ? 'epoch' : 'step'}; stopped by ${summary.convergenceReason}${summary.certificate === undefined ? "" : `; certificate ${summary.certificate.toExponential(1)}`}.`);
    lines(node, 'Objective', byEpoch ? 'epoch' : 'step', 'objective', [
      { name: 'objective', color: 'train', points: history },
      ...(validation.length ? [{ name: 'log loss on validation rows', color: 'validation', points: validation }] : [])], false);
  };

  const quality = () => section('quality', 'Quality', 'Every count is a sum of instance weights.', table(['', ...SETS],
    [['Accuracy', 'accuracy'], ['Log loss', 'logLoss'], ['Area under ROC', 'areaUnderROC'], ['Area under PR', 'areaUnderPR']]
      .filter(([, key]) => SETS.some(set => summary.metrics[set][key] !== undefined))
      .map(([name, key]) => [name, ...SETS.map(set => number(summary.metrics[set][key]))]), { label: 'Quality' }),
  table(['Class', 'Precision', 'Recall', 'F1', 'Weight'], summary.metrics[BEST].perClass
    .map(c => [c.label, number(c.precision, 4), number(c.recall, 4), number(c.f1, 4), number(c.support)]), { label: `Classes, ${NAMES[BEST]}`, caption: `By class, on the ${NAMES[BEST]}` }));

  const ranking = () => {
    const positive = summary.data.labels[1];
    const rank = perSet(set => set.rank || []).filter(set => set.points.length);
    if (!rank.length) return;
    const mapped = (x, y, start) => rank.map(set => ({ ...set, points: [...start, ...set.points.map(p => ({ x: p[x], y: p[y] }))] }));
    lines(section('roc', 'ROC', `The positive class is ${positive}. Dashed: by chance.`), 'ROC', 'false positive rate', 'true positive rate',
      [...mapped('falsePositiveRate', 'recall', [{ x: 0, y: 0 }]), diagonal], true);
    lines(section('pr', 'Precision and recall', `The positive class is ${positive}.`), 'Precision and recall', 'recall', 'precision', mapped('recall', 'precision', []), true);
  };

  const calibration = () => {
    const binary = summary.data.classes === 2;
    lines(section('calibration', 'Calibration', `${binary ? `The probability of ${summary.data.labels[1]}` : 'The probability of the predicted class'} and how often it came true, by tenths. On the dashed line they agree.`),
      'Calibration', 'predicted probability', 'share', [...perSet(set => set.calibration.map(bin => ({ x: bin.probability, y: bin.rate }))).map(set => ({ ...set, dots: true })), diagonal], true);
  };

  const confusion = () => {
    const labels = summary.data.labels;
    const node = section('confusion', 'Confusion matrix', 'Rows are actual classes, columns predicted ones; shares are of the row.');
    if (labels.length > MOST_CLASSES) {
      node.append(element('p', {}, `${labels.length} classes are too many for a matrix here; summary.json has it.`));
      return;
    }
    const small = labels.length > 4;
    const holder = element('div');
    const draw = set => holder.replaceChildren(table(['Actual', ...labels], summary.metrics[set].confusionMatrix.map((row, k) => {
      const total = row.reduce((sum, weight) => sum + weight, 0);
      return [element('th', { scope: 'row' }, labels[k]), ...row.map((weight, j) => element('td',
        { style: `--share: ${total ? 0.04 + 0.6 * weight / total : 0}`, title: `${labels[k]} predicted as ${labels[j]}: ${percent(total ? weight / total : 0)}` },
        number(weight, 4), small ? null : element('span', { class: 'share' }, percent(total ? weight / total : 0))))];
    }), { class: 'matrix', label: `Confusion matrix, ${NAMES[set]}` }));
    if (SETS.length > 1) {
      const select = element('select', {}, ...SETS.map(set => element('option', { value: set, ...(set === BEST ? { selected: '' } : {}) }, NAMES[set])));
      select.addEventListener('change', () => draw(select.value));
      node.prepend(element('label', { class: 'pick' }, 'Of ', select));
    }
    node.append(holder);
    draw(BEST);
  };

  const largest = () => {
    const multi = summary.data.classes > 2 || new Set(coefficients.map(c => c.label)).size > 1;
    const most = Math.max(...coefficients.map(c => Math.abs(c.effect)), 0);
    section('coefficients', 'Largest coefficients', `By effect: what one standard deviation of the feature adds to the margin${multi ? ' of the class' : ' of ' + summary.data.labels[1]}.`,
      coefficients.length ? table(['Feature', ...(multi ? ['Class'] : []), 'Coefficient', 'Effect', ''], coefficients.map(c => [c.feature, ...(multi ? [c.label] : []), number(c.coefficient, 4), number(c.effect, 3),
        element('td', { class: 'bar', 'aria-hidden': 'true' }, element('i', { class: c.effect < 0 ? 'negative' : 'positive', style: `--size: ${most ? 48 * Math.abs(c.effect) / most : 0}%` }))]), { label: 'Largest coefficients' })
        : element('p', {}, 'All coefficients are 0.'));
  };

  const drifted = () => {
    const node = section('drift', 'Against the promoted model', `Version ${drift.promoted}.`,
      element('p', { class: drift.accepted ? 'good' : 'bad' }, !drift.accepted ? 'Refused.' : (drift.warnings || []).length ? 'Accepted, with warnings.' : 'Within all limits.'),
      drift.reasons.length ? element('ul', {}, ...drift.reasons.map(reason => element('li', {}, reason))) : null,
      (drift.warnings || []).length ? element('ul', {}, ...drift.warnings.map(warning => element('li', {}, `Warning: ${warning}`))) : null);
    node.classList.add('wide');
    const beyond = m => m.limit !== undefined && m.change !== undefined && m.change > m.limit;
    [...new Set(drift.measures.map(m => m.group))].forEach(group => node.append(table(
      ['', 'Promoted', 'This run', 'Change', 'Limit', ''], drift.measures.filter(m => m.group === group).map(m => [m.name, number(m.promoted), number(m.candidate), number(m.change, 3), number(m.limit, 3),
        element('td', { class: beyond(m) ? 'bad' : 'good' }, m.limit === undefined ? '' : beyond(m) ? 'beyond' : 'within')]), { class: 'drift', label: group, caption: group })));
  };

  const run = () => {
    const { engine, data: rows } = summary;
    const value = text => element('td', { class: 'value' }, text);
    section('run', 'The run', null, table(null, [
      ['Engine', value(`${engine.name}, ${engine.precision} precision`)], ['Why', value(engine.reason)], ['Device', value(engine.device)],
      ['Workers', value(String(engine.workers.length))], ['Rows', value(number(rows.rows))], ['Features', value(number(rows.features))],
      ...(rows.missing === undefined ? [] : [['Missing cells', value(number(rows.missing))]]), ...(rows.dropped ? [['Rows left out', value(number(rows.dropped))]] : []),
      ['Objective, loss', value(`${number(summary.objective, 8)}, ${number(summary.loss, 8)}`)],
      ...(summary.epochs === undefined ? [] : [['Epochs', value(number(summary.epochs))]]), ['Steps, gradient passes', value(`${number(summary.steps)}, ${number(summary.evaluations)}`)],
      ['Seconds', value(Object.entries(summary.seconds).map(([name, s]) => `${name} ${s.toFixed(1)}`).join(', '))],
      ['Seed, shards', value(`${summary.seed}, ${summary.shards}`)], ['Coefficients', value(element('code', {}, summary.coefficientsSha256))]], { label: 'The run' }),
    element('details', {}, element('summary', {}, 'Configuration'), table(null, Object.entries(summary.config)
      .map(([key, setting]) => [key, value(element('code', {}, Array.isArray(setting) ? setting.join(', ') : String(setting)))]), { label: 'Configuration' })));
    document.getElementById('footer').textContent = Object.entries(summary.versions).map(([name, version]) => `${name} ${version}`).join(' · ');
  };

  title();
  if (drift) drifted();
  objective();
  quality();
  if (curves) { ranking(); calibration(); }
  confusion();
  if (coefficients) largest();
  run();
  paint();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
  document.documentElement.dataset.ready = 'true';
})();
