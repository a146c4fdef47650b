"""Hand the results over: sections built once, written as HTML, CSV and SVG."""
