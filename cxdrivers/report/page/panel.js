"use strict";

(() => {
  const panel = document.getElementById("what-if");
  const grid = JSON.parse(document.getElementById("what-if-numbers").textContent);
  const { words, quantities, interval } = grid;
  const drivers = grid.reach.length;
  const sizes = grid.sizes.length;
  const curves = grid.today.length;
  const pairs = unpacked(grid.pairs);
  const replicates = grid.replicates === null ? null : unpacked(grid.replicates);
  const worlds = grid.sample.length;
  const draws = replicates === null ? 0 : replicates.length / worlds / quantities.length;
  const groupMoves = grid.groups === null ? null : unpacked(grid.groups.moves);
  const sliders = [...panel.querySelectorAll("input")];

  /** Numbers of single precision, in the order of bytes that every browser has. */
  function unpacked(text) {
    return new Float32Array(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer);
  }

  function chance(logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }

  function logOdds(part) {
    const inside = Math.min(Math.max(part, grid.sure), 1 - grid.sure);
    return Math.log(inside / (1 - inside));
  }

  /** The drivers that were moved, each with the place of its size. */
  function moved() {
    return sliders
      .map((slider, driver) => [driver, grid.sizes.indexOf(Number(slider.value))])
      .filter(([, size]) => size >= 0);
  }

  /** What the moves add up to: log odds of each grade or a lower one, or the mean. */
  function total(moves) {
    const sum = [...grid.today];
    const add = (numbers, start) => {
      for (let curve = 0; curve < curves; curve += 1) sum[curve] += numbers[start * curves + curve];
    };
    moves.forEach(([driver, size], place) => {
      add(grid.singles, driver * sizes + size);
      for (const [other, otherSize] of moves.slice(place + 1)) {
        const pair = driver * drivers - (driver * (driver + 1)) / 2 + other - driver - 1;
        add(pairs, (pair * sizes + size) * sizes + otherSize);
      }
    });
    if (grid.groups !== null) groupLogOdds(moves).forEach((one, curve) => (sum[curve] += one));
    return sum;
  }

  function groupLogOdds(moves) {
    const below = grid.groups.thresholds.map(() => 0);
    grid.groups.shares.forEach((share, group) => {
      let felt = grid.groups.felt[group];
      for (const [driver, size] of moves) {
        felt += groupMoves[(group * drivers + driver) * sizes + size];
      }
      grid.groups.thresholds.forEach((threshold, curve) => {
        below[curve] += share * chance(threshold - felt);
      });
    });
    return below.map(logOdds);
  }

  /** What is predicted of each quantity. */
  function estimates(moves) {
    const sum = total(moves);
    if (grid.readings === null) return sum;
    const below = [0, ...sum.map(chance), 1];
    const chances = below.slice(1).map((one, grade) => one - below[grade]);
    return grid.readings.map((reading) =>
      reading.reduce((found, counts, grade) => found + counts * chances[grade], 0)
    );
  }

  /** A quantity on the scale on which resampled numbers are added, and back. */
  function onScale(value, bounds) {
    return bounds === null ? value : logOdds((value - bounds[0]) / (bounds[1] - bounds[0]));
  }

  function offScale(value, bounds) {
    return bounds === null ? value : bounds[0] + (bounds[1] - bounds[0]) * chance(value);
  }

  /** What the moves come to on that scale, read from a number of each world. */
  function onScaleOf(world, bounds, moves) {
    const today = onScale(world(0), bounds);
    return moves.reduce(
      (sum, [driver, size]) => sum + onScale(world(1 + driver * sizes + size), bounds) - today,
      today
    );
  }

  /** The resampled numbers today and with the moves. */
  function resampled(moves, place, estimate) {
    const { bounds } = quantities[place];
    const sample = onScaleOf((world) => grid.sample[world][place], bounds, moves);
    const shift = onScale(estimate, bounds) - sample;
    return Array.from({ length: draws }, (_, one) => {
      const world = (which) => replicates[(one * worlds + which) * quantities.length + place];
      return [world(0), offScale(onScaleOf(world, bounds, moves) + shift, bounds)];
    });
  }

  function ends(values, estimate) {
    if (interval.reach !== null) {
      const squares = values.reduce((sum, value) => sum + (value - estimate) ** 2, 0);
      const reach = interval.reach * Math.sqrt(interval.scale * squares);
      return [estimate - reach, estimate + reach];
    }
    const given = values.filter((value) => !Number.isNaN(value)).sort((one, other) => one - other);
    const missing = values.length - given.length;
    if (given.length === 0 || missing > interval.tail * values.length) return [NaN, NaN];
    return [interval.tail, 1 - interval.tail].map((part) => {
      const place = part * (given.length - 1);
      const below = Math.floor(place);
      const above = Math.min(below + 1, given.length - 1);
      return given[below] + (place - below) * (given[above] - given[below]);
    });
  }

  function number(value, digits) {
    if (!Number.isFinite(value)) return words.missing;
    const [whole, fraction] = Math.abs(value).toFixed(digits).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, words.thousands);
    const text = fraction === undefined ? grouped : grouped + words.decimal + fraction;
    return value < 0 && Number(value.toFixed(digits)) !== 0 ? words.minus + text : text;
  }

  function withEnds(text, [low, high], digits) {
    if (!Number.isFinite(low) || !Number.isFinite(high)) return text;
    return `${text} [${number(low, digits)}${words.between}${number(high, digits)}]`;
  }

  /** What is predicted and its difference with today, in words. */
  function told(moves, place, estimate) {
    const { times, digits, gainDigits, percent, gainWords } = quantities[place];
    const gain = estimate - grid.sample[0][place];
    const drawn = resampled(moves, place, estimate);
    const level = ends(drawn.map(([, value]) => value), estimate);
    const gains = ends(drawn.map(([today, value]) => value - today), gain);
    const shown = number(times * estimate, digits) + (percent ? words.percent : "");
    const gained = number(times * gain, gainDigits);
    const gainShown = withEnds(gained, gains.map((end) => times * end), gainDigits);
    return {
      changed: withEnds(shown, level.map((end) => times * end), digits),
      gain: gainWords.split("{gain}").join(gainShown),
    };
  }

  /** Write down what is predicted now, and return it as sentences. */
  function show() {
    const moves = moved();
    sliders.forEach((slider, driver) => {
      const size = grid.sizes.indexOf(Number(slider.value));
      const step = size < 0 ? words.today : grid.steps[size];
      slider.setAttribute("aria-valuetext", step);
      slider.nextElementSibling.textContent = step;
      reachOf(slider).textContent = size < 0 ? "" : grid.reach[driver][size];
    });
    const rows = panel.querySelectorAll("tbody tr");
    return estimates(moves).map((estimate, place) => {
      const { changed, gain } = told(moves, place, estimate);
      rows[place].querySelector(".changed").textContent = changed;
      rows[place].querySelector(".gain").textContent = moves.length === 0 ? words.missing : gain;
      return quantities[place].spoken.split("{changed}").join(changed).split("{gain}").join(gain);
    });
  }

  function reachOf(slider) {
    return document.getElementById(slider.getAttribute("aria-describedby"));
  }

  function showAndSay(event) {
    const said = show();
    if (event.target.matches("input")) said.push(reachOf(event.target).textContent);
    panel.querySelector(".spoken").textContent = said.filter(Boolean).join(". ");
  }

  panel.addEventListener("input", showAndSay);
  panel.querySelector("button").addEventListener("click", (event) => {
    sliders.forEach((slider) => (slider.value = "0"));
    showAndSay(event);
  });
  sliders.forEach((slider) => (slider.value = "0"));
  show();
  panel.hidden = false;
})();
