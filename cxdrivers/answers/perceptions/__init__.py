"""Set what executives, employees and customers say beside each other."""
