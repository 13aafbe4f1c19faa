"""The Data workspace: classes, images and the health of the data set."""
