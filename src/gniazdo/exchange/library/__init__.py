"""What ships with the program: the demo county and its workbooks."""
