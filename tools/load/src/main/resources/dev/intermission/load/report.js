"use strict";
// Draws the charts of a report from the data beside this script.
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const digits = value => value.toPrecision(3).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");

  function latency(nanos) {
    if (nanos == null) return "";
    const units = [[1e9, "s"], [1e6, "ms"], [1e3, "µs"]];
    const [size, unit] = units.find(([least]) => nanos >= least) || [1, "ns"];
    return digits(nanos / size) + " " + unit;
  }

  function percentile(value) {
    return value == null ? "" : (100 * (1 - Math.pow(10, -value))).toFixed(Math.max(0, Math.ceil(value) - 2)) + " %";
  }

  // 50 %, and each nine.
  const nines = (plot, axis, least, most) =>
    [0, Math.log10(2)].concat(Array.from({length: Math.floor(most)}, (none, i) => i + 1));

  const number = value => value == null ? "" : value.toLocaleString("en", {maximumFractionDigits: 1});
  const seconds = value => value == null ? "" : digits(value) + " s";
  const texts = {latency, number, seconds, percentile};

  // Windows with deployments are shaded; each deployment is a line.
  function marks(plot) {
    const context = plot.ctx;
    const at = second => plot.valToPos(second, "x", true);
    context.save();
    context.fillStyle = colour("window");
    data.windows.forEach(([from, to]) =>
      context.fillRect(at(from), plot.bbox.top, at(to) - at(from), plot.bbox.height));
    [[data.swaps, "swap"], [data.refused, "red"]].forEach(([times, name]) => {
      context.strokeStyle = colour(name);
      times.forEach(time => {
        context.beginPath();
        context.moveTo(at(time), plot.bbox.top);
        context.lineTo(at(time), plot.bbox.top + plot.bbox.height);
        context.stroke();
      });
    });
    context.restore();
  }

  function axis(scale, text) {
    return {
      scale,
      stroke: colour("soft"),
      grid: {stroke: colour("rule"), width: 1},
      ticks: {stroke: colour("rule"), width: 1},
      size: scale === "y" ? 80 : 34,
      splits: text === "percentile" ? nines : undefined,
      values: (plot, splits) => splits.map(value => value == null ? null : texts[text](value)),
    };
  }

  data.charts.forEach(chart => {
    const parent = document.getElementById(chart.id);
    const isLog = chart.y === "latency";
    const plot = new uPlot({
      width: parent.clientWidth,
      height: chart.height,
      scales: {x: {time: false}, y: isLog ? {distr: 3} : {range: (u, least, most) => [0, Math.max(most, chart.least)]}},
      axes: [axis("x", chart.x), axis("y", chart.y)],
      series: [{label: chart.across, value: (plot, value) => texts[chart.x](value)}].concat(
        chart.lines.map(line => ({
          label: line.name,
          stroke: colour(line.colour),
          width: 1.8,
          points: {show: chart.at.length < 2},
          value: (plot, value) => texts[chart.y](value),
        }))),
      hooks: chart.x === "seconds" ? {drawClear: [marks]} : {},
    }, [chart.at].concat(chart.lines.map(line => line.values)), parent);
    new ResizeObserver(() => plot.setSize({width: parent.clientWidth, height: chart.height})).observe(parent);
  });
})();
