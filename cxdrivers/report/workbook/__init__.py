"""Write results as an Excel workbook."""
