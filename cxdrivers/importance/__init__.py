"""Split the value of a set of drivers among the drivers: functions of arrays, nothing else."""
