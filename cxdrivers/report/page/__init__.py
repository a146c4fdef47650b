"""Write sections as one HTML page, with sliders."""
