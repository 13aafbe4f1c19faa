"""Networks: what they are made of, their sizes and costs, and the forms they are written in."""
