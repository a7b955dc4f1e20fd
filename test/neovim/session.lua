-- What a person does in Neovim: opens a file, reads the problem, takes a repair. Prints what was seen as JSON.
-- Expects the configuration of docs/editors.md to be loaded; $BULKHEAD_FILE is the file, $BULKHEAD_FIX the repair's title.
local function untilTrue(what, holds)
  if vim.wait(20000, holds, 10) then return end
  io.stderr:write('Not seen: ' .. what .. '\n' .. vim.fn.execute('messages') .. '\n')
  vim.cmd('cquit 1')
end

local function problems(bufnr)
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(bufnr)) do
    table.insert(found, { rule = one.code, line = one.lnum, column = one.col, severity = one.severity, source = one.source })
  end
  return found
end

local offered
vim.ui.select = function(items, options, choose)
  offered = {}
  for _, item in ipairs(items) do table.insert(offered, (options.format_item(item))) end
  for _, item in ipairs(items) do
    if options.format_item(item) == vim.env.BULKHEAD_FIX then return choose(item) end
  end
  choose(nil)
end

vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.BULKHEAD_FILE))
local bufnr = vim.api.nvim_get_current_buf()
untilTrue('a problem', function() return #vim.diagnostic.get(bufnr) > 0 end)
untilTrue('problems elsewhere', function() return #vim.diagnostic.get() > #vim.diagnostic.get(bufnr) end)
local before = problems(bufnr)
local elsewhere = #vim.diagnostic.get() - #before
vim.api.nvim_win_set_cursor(0, { before[1].line + 1, before[1].column })
vim.lsp.buf.code_action()
untilTrue('the repair', function() return #vim.diagnostic.get(bufnr) == 0 end)
local text = table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), '\n') .. '\n'
io.stdout:write(vim.json.encode({ before = before, elsewhere = elsewhere, offered = offered, text = text }))
vim.cmd('qall!')
