// Draws the figures of the page with plotly.js when they come into view, and all of them before printing.
(() => {
  'use strict';
  const palette = JSON.parse(document.getElementById('palette').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const print = matchMedia('print');
  const touch = matchMedia('(pointer: coarse)').matches;
  let printing = print.matches;
  const isDark = () => dark.matches && !printing;
  const colours = () => (isDark() ? palette.dark : palette.light);
  const sans = getComputedStyle(document.documentElement).getPropertyValue('--sans').trim();

  // Markup as plain text, for CSV and file names.
  const scratch = document.createElement('div');
  const plain = markup => {
    scratch.innerHTML = markup.replace(/<sup>/g, '^').replace(/<sub>/g, '_').replace(/<\/su[pb]>/g, '');
    return scratch.textContent.replace(/−/g, '-').replace(/M_?⊙/g, 'Msun').replace(/\s+/g, ' ').trim();
  };

  const finite = v => v !== null && Number.isFinite(v);

  function traces(mark, panel, width) {
    const c = colours(), colour = c[mark.colour];
    const hover = `${plain(panel.x.label)} %{x:.4g}<br>${plain(panel.y.label)} %{y:.4g}`;
    const common = { type: 'scatter', name: mark.name, x: mark.x, y: mark.y, hovertemplate: `${hover}<extra>${mark.name}</extra>`, hoverlabel: { namelength: -1 } };
    const line = { color: colour, dash: mark.dash, width: mark.width, simplify: false };
    if (mark.kind === 'curve') {
      return [{ ...common, mode: 'lines', line, connectgaps: false }];
    }
    const rgb = colour.match(/[0-9a-f]{2}/g).map(h => parseInt(h, 16)).join(',');
    if (mark.kind === 'band') {
      // Each unbroken piece is a polygon of its own.
      const x = [], y = [];
      for (let i = 0; i < mark.x.length;) {
        let end = i;
        while (end < mark.x.length && finite(mark.from[end]) && finite(mark.y[end])) end++;
        if (end > i) {
          const piece = [...Array(end - i).keys()].map(k => i + k), back = [...piece].reverse();
          x.push(...piece.map(k => mark.x[k]), ...back.map(k => mark.x[k]), mark.x[i], null);
          y.push(...piece.map(k => mark.from[k]), ...back.map(k => mark.y[k]), mark.from[i], null);
        }
        i = Math.max(end, i + 1);
      }
      return [{ ...common, x, y, mode: 'lines', fill: 'toself', fillcolor: `rgba(${rgb},${mark.opacity})`, line: { width: 0 }, hoverinfo: 'skip', hovertemplate: undefined }];
    }
    if (mark.kind === 'points') {
      const error = mark.below && { type: 'data', symmetric: !mark.above, array: mark.above || mark.below, arrayminus: mark.below, color: colour, thickness: 1, width: mark.size < 5 ? 0 : 2 };
      return [{ ...common, mode: 'markers', marker: { color: colour, size: mark.size, symbol: mark.open ? 'square-open' : 'circle', line: { width: mark.open ? 1.4 : 0, color: colour } }, ...(error && { error_y: error }) }];
    }
    if (mark.kind === 'labels') {
      return [{ ...common, mode: 'text', text: width < 520 ? mark.short || mark.text : mark.text, textfont: { color: colour, size: 10.5 }, hoverinfo: 'skip', hovertemplate: undefined, cliponaxis: false }];
    }
    if (mark.kind === 'steps') {
      return [{ ...common, mode: 'lines', line: { ...line, shape: 'hv' }, y: [...mark.y, mark.y.at(-1)] }];
    }
    const growing = [0, 0.1, 0.3, 1].map((at, i) => [at, `rgba(${rgb},${[0, 0.16, 0.42, 0.95][i]})`]);
    const result = [{
      type: 'heatmap', name: mark.name, x: mark.x, y: mark.y, z: mark.z, colorscale: mark.overlay ? growing : 'Cividis', zsmooth: mark.smooth && 'best', showscale: mark.bar,
      ...(mark.low !== undefined && { zmin: mark.low, zmax: mark.high, zauto: false }),
      colorbar: { title: { text: mark.scale, side: 'right', font: { size: 12 } }, thickness: 12, outlinewidth: 0, tickfont: { size: 11 } },
      hovertemplate: `${hover}<br>${plain(mark.scale)} %{z:.3g}<extra></extra>`,
    }];
    for (const level of mark.levels) {
      result.push({
        type: 'contour', name: mark.name, x: mark.x, y: mark.y, z: mark.z, showscale: false, hoverinfo: 'skip', autocontour: false,
        contours: { start: level, end: level, size: 1, coloring: 'none', showlabels: false }, line: { color: mark.overlay ? c.ink : colour, width: mark.width, dash: mark.dash, smoothing: 1 },
      });
    }
    return result;
  }

  // An axis. plotly.js writes powers of ten a size larger.
  function axis(a, width, values, untitled, room) {
    const c = colours(), compact = width < 330;
    // A title that is longer than its axis stands in two lines.
    const title = a.unit && 6.2 * plain(a.title).length > room ? `${a.label}<br>${a.unit}` : a.title;
    const scale = v => (a.log ? Math.log10(v) : v);
    const free = a.low === undefined || a.high === undefined, ticks = a.log ? logTicks(a, values) : null;
    return {
      type: a.log ? 'log' : 'linear', title: { text: untitled ? '' : title, standoff: 6, font: { size: compact ? 12 : 13 } },
      ...(free ? { autorange: true } : { range: [scale(a.low), scale(a.high)], autorange: false }),
      ...(a.log ? { exponentformat: 'power', ...ticks, minor: { ticks: 'inside', ticklen: 2.5, tickcolor: c.ink, dtick: 'D1', showgrid: false } } : { exponentformat: 'none', separatethousands: true }),
      tickfont: { size: (compact ? 10.5 : 12) / (a.log && !ticks.tickvals ? 1.2 : 1) }, ticks: 'inside', ticklen: 5, tickcolor: c.ink, showline: true, linecolor: c.ink, linewidth: 1, mirror: 'allticks',
      showgrid: false, zeroline: false, automargin: !untitled, tickangle: 0, nticks: a.log ? undefined : (width < 150 ? 3 : width < 230 ? 4 : compact ? 5 : 7), hoverformat: '.4~g',
    };
  }

  // A tick a decade or few; over less than two decades at 1, 2 and 5, beyond what is shown too, for those who zoom out.
  function logTicks(a, values) {
    const shown = values.filter(v => finite(v) && v > 0);
    const low = Math.log10(a.low ?? Math.min(...shown)), high = Math.log10(a.high ?? Math.max(...shown));
    if (!(high - low < 2)) {
      return { dtick: Math.max(1, Math.ceil((high - low) / 6)) };
    }
    const tickvals = [];
    for (let n = Math.floor(low) - 1; n <= high + 1; n++) {
      tickvals.push(...[1, 2, 5].map(m => Number(`${m}e${n}`)));
    }
    return { tickmode: 'array', tickvals, ticktext: tickvals.map(v => (v >= 1e-3 && v < 1e5 ? String(v) : v.toExponential(0).replace(/e\+?(-?\d+)/, '×10<sup>$1</sup>').replace('-', '−'))) };
  }

  // In a lattice of small panels titles stand at the outer ones alone.
  function inner(p) {
    const all = p.figure.panels, small = p.plot.clientWidth < 230 && all.length > 3;
    const top = q => q.plot.parentElement.offsetTop, left = q => q.plot.parentElement.offsetLeft;
    return small ? { x: all.some(q => left(q) === left(p) && top(q) > top(p)), y: left(p) > left(all[0]) } : { x: false, y: false };
  }

  function layout(panel, width, hidden, height) {
    const c = colours(), compact = width < 330;
    const bar = panel.marks.some(m => m.kind === 'map' && m.bar);
    return {
      paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)', font: { family: sans, size: 12, color: c.ink },
      margin: { l: hidden.y ? (panel.y.log ? 28 : 36) : compact ? 40 : 52, r: bar ? 10 : 8, t: 8, b: hidden.x ? 22 : compact ? 36 : 42 }, showlegend: false, hovermode: 'closest', dragmode: touch ? false : 'zoom',
      xaxis: axis(panel.x, width, panel.marks.flatMap(m => m.x), hidden.x, width - 12), yaxis: axis(panel.y, width, panel.marks.flatMap(m => m.y), hidden.y, height - 20),
      annotations: panel.notes.map(([right, upper, text, colour], i) => ({
        text, xref: 'paper', yref: 'paper', x: right ? 0.97 : 0.03, y: upper ? 0.97 : 0.03, xanchor: right ? 'right' : 'left', yanchor: upper ? 'top' : 'bottom',
        yshift: (upper ? -1 : 1) * (compact ? 13 : 15) * panel.notes.slice(0, i).filter(n => n[0] === right && n[1] === upper).length,
        showarrow: false, font: { size: compact ? 10 : 11, color: c[colour] }, align: right ? 'right' : 'left',
      })),
      hoverlabel: { font: { family: sans, size: 12 } },
    };
  }

  const figures = [...document.querySelectorAll('figure.figure')].map(element => {
    const figure = { element, name: element.dataset.name, hidden: new Set(), view: 0, views: null, panels: [] };
    figure.data = () => (figure.views ??= JSON.parse(element.querySelector('script').textContent));
    figure.panels = [...element.querySelectorAll('.plot')].map((plot, index) => ({ figure, plot, index, drawn: false }));
    element.querySelectorAll('.legend button').forEach(button => button.addEventListener('click', () => toggle(figure, button)));
    element.querySelectorAll('.csv').forEach((button, index) => button.addEventListener('click', () => download(figure, index)));
    element.querySelector('select')?.addEventListener('change', event => {
      figure.view = Number(event.target.value);
      figure.panels.forEach(describe);
      figure.panels.filter(p => p.drawn).forEach(draw);
    });
    return figure;
  });

  // Title and description of a panel whose figure shows something else now.
  function describe(p) {
    const panel = p.figure.data()[p.figure.view][p.index], title = p.plot.parentElement.querySelector('h3');
    if (title) title.innerHTML = panel.title;
    const series = panel.marks.map(m => plain(m.name)).join(', ');
    p.plot.setAttribute('aria-label', `${plain(panel.title)}: ${plain(panel.y.title)} against ${plain(panel.x.title)}: ${series}`);
  }

  function draw(p) {
    const panel = p.figure.data()[p.figure.view][p.index];
    const data = panel.marks.flatMap(mark => traces(mark, panel, p.plot.clientWidth).map(t => ({ ...t, visible: !p.figure.hidden.has(mark.name) })));
    p.drawn = true;
    return Plotly.react(p.plot, data, layout(panel, p.plot.clientWidth, inner(p), p.plot.clientHeight), {
      displaylogo: false, responsive: true, displayModeBar: touch ? false : 'hover', modeBarButtons: [['toImage', 'resetScale2d']],
      toImageButtonOptions: { format: 'svg', filename: `oort-${p.figure.name}-${p.index + 1}` }, doubleClick: 'reset',
    });
  }

  function toggle(figure, button) {
    const shown = button.getAttribute('aria-pressed') === 'true';
    button.setAttribute('aria-pressed', String(!shown));
    figure.hidden[shown ? 'add' : 'delete'](button.dataset.mark);
    figure.panels.filter(p => p.drawn).forEach(draw);
  }

  function csv(panel) {
    const quote = t => (/[",\n]/.test(t) ? `"${t.replace(/"/g, '""')}"` : t);
    const heading = a => plain(a.label) + (a.unit ? ` [${plain(a.unit)}]` : '');
    const steps = panel.marks.some(m => m.kind === 'steps'), errors = panel.marks.some(m => m.below || m.errors), map = panel.marks.find(m => m.kind === 'map');
    const x = heading(panel.x), y = heading(panel.y);
    const rows = [['series', ...(steps ? [`${x} from`, `${x} to`] : [x]), y, ...(errors ? [`error of ${y} below`, `error of ${y} above`] : []), ...(map ? [plain(map.scale)] : [])]];
    for (const m of panel.marks) {
      const name = plain(m.name);
      if (m.kind === 'map') {
        m.z.forEach((row, j) => row.forEach((z, i) => rows.push([name, ...(steps ? [m.x[i], m.x[i]] : [m.x[i]]), m.y[j], ...(errors ? ['', ''] : []), z ?? ''])));
        continue;
      }
      if (m.kind === 'band') {
        for (const [end, values] of [['lower end', m.from], ['upper end', m.y]]) {
          values.forEach((v, i) => rows.push([`${name}, ${end}`, ...(steps ? [m.x[i], m.x[i]] : [m.x[i]]), v ?? '', ...(errors ? ['', ''] : []), ...(map ? [''] : [])]));
        }
        continue;
      }
      m.y.forEach((v, i) => {
        const series = m.kind === 'labels' ? plain(m.text[i]) : name;
        const place = !steps ? [m.x[i]] : m.kind === 'steps' ? [m.x[i], m.x[i + 1]] : [m.x[i], m.x[i]];
        const below = (m.below || m.errors)?.[i] ?? '', above = (m.above || m.below || m.errors)?.[i] ?? '';
        rows.push([series, ...place, v ?? '', ...(errors ? [below, above] : []), ...(map ? [''] : [])]);
      });
    }
    return rows.map(row => row.map(cell => quote(String(cell))).join(',')).join('\n') + '\n';
  }

  function download(figure, index) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([csv(figure.data()[figure.view][index])], { type: 'text/csv' }));
    link.download = `oort-${figure.name}-${index + 1}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  // One panel a frame, so that the page answers while many wait.
  const queue = [];
  let busy = false;
  function next() {
    const p = queue.shift();
    if (!p) {
      busy = false;
      return;
    }
    busy = true;
    if (!p.drawn) draw(p);
    requestAnimationFrame(() => setTimeout(next));
  }

  const panels = figures.flatMap(f => f.panels);
  const observer = new IntersectionObserver(entries => {
    for (const entry of entries.filter(e => e.isIntersecting)) {
      observer.unobserve(entry.target);
      queue.push(panels.find(p => p.plot === entry.target));
    }
    if (!busy) next();
  }, { rootMargin: '300px 0px' });
  panels.forEach(p => observer.observe(p.plot));

  const drawAll = () => Promise.all(panels.map(p => (p.drawn ? null : draw(p))));
  const redraw = () => Promise.all(panels.filter(p => p.drawn).map(draw));

  function forPrint(on) {
    if (printing === on) return;
    printing = on;
    redraw();
    if (on) drawAll();
    panels.filter(p => p.drawn).forEach(p => Plotly.Plots.resize(p.plot));
  }

  addEventListener('beforeprint', () => forPrint(true));
  addEventListener('afterprint', () => forPrint(false));
  print.addEventListener('change', event => forPrint(event.matches));
  dark.addEventListener('change', redraw);
  if (matchMedia('(max-width: 82rem)').matches) document.querySelector('nav details').open = false;
  window.oortReport = { drawAll, figures, readyAt: performance.now() };
  document.documentElement.dataset.ready = 'true';
})();
