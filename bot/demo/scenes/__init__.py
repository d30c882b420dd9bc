"""What happens in the played week, by what it is about; each module lists its `SCENES`."""
